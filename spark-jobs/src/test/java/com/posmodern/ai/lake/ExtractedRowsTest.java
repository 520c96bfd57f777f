package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractedRowsTest {
  @TempDir Path folder;

  @Test
  void whatAnyRunLeftGoesAndPositionsStay() throws IOException {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    assertThat(ExtractedRows.clear(lake)).isEmpty();
    Path killed = folder.resolve("extract/shop");
    Files.createDirectories(killed.resolve("lines/wave-00000"));
    Files.writeString(killed.resolve("lines/wave-00000/part"), "C1");
    Files.writeString(killed.resolve("plan.json"), "{}");
    Files.writeString(killed.resolve("state.json"), "{}");
    Path ended = Files.createDirectories(folder.resolve("extract/orders"));
    Files.writeString(ended.resolve("state.json"), "{}");

    assertThat(ExtractedRows.clear(lake)).containsExactly("shop");
    assertThat(killed.toFile().list())
        .filteredOn(name -> !name.endsWith(".crc"))
        .containsExactly("state.json");
    assertThat(ended.resolve("state.json")).exists();
    assertThat(ExtractedRows.clear(lake)).isEmpty();
  }
}
