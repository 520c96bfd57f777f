package com.posmodern.ai.source.jdbc;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractFileTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "extract", "shop.yaml");

  @TempDir Path folder;

  @Test
  void noFileRemovesTheRowsOfAnother() throws IOException {
    String text = Files.readString(SHIPPED);
    String added = text.replaceAll(" +removed: \\{missing_at_most:.*\n", "");
    ExtractFile shop = write("shop.yaml", text);
    ExtractFile compared = write("compared.yaml", text);
    ExtractFile adding = write("adding.yaml", added);
    ExtractFile more = write("more.yaml", added);
    assertThatThrownBy(() -> ExtractFile.requireOwnTables(List.of(compared, shop)))
        .hasMessageContaining("compared.yaml")
        .hasMessageContaining("it would remove the rows of products that")
        .hasMessageContaining("shop.yaml brings");
    assertThatThrownBy(() -> ExtractFile.requireOwnTables(List.of(adding, shop)))
        .hasMessageContaining("adding.yaml brings");
    assertThatCode(() -> ExtractFile.requireOwnTables(List.of(adding, more)))
        .doesNotThrowAnyException();
    assertThatCode(() -> ExtractFile.requireOwnTables(List.of(shop))).doesNotThrowAnyException();
  }

  private ExtractFile write(String name, String text) throws IOException {
    return ExtractFile.read(Files.writeString(folder.resolve(name), text));
  }
}
