package com.posmodern.ai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.testing.SparkTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf", "import", "online-retail-ii.yaml");
  private static final Path FILES = Path.of("src", "test", "resources", "import");

  @TempDir Path folder;
  private Lake lake;
  private Path mapping;

  @BeforeEach
  void emptyLake() {
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
  }

  /**
   * The shipped mapping without products and stores: each table costs the test some ten seconds.
   */
  @BeforeEach
  void mappingOfSalesOnly() throws IOException {
    String text = Files.readString(SHIPPED);
    mapping =
        Files.writeString(folder.resolve("m.yaml"), text.substring(0, text.indexOf("  products:")));
  }

  @Test
  void mergingTheSameRowsAgainAddsNothing() throws IOException {
    Path export = Files.createDirectory(folder.resolve("export"));
    Files.copy(FILES.resolve("online-retail-ii.csv"), export.resolve("1.csv"));
    String printed = run(export, Mode.REPLACE);
    assertThat(printed)
        .contains(
            "sales_lines                16 rows in (transactions) = 8 accepted + 8 quarantined")
        .contains("malformed_line: 2");
    assertThat(rows(Table.SALES_LINES)).isEqualTo(8);
    assertThat(rows(Table.QUARANTINE)).isEqualTo(8);

    Files.copy(FILES.resolve("online-retail.csv"), export.resolve("2.csv"));
    run(export, Mode.MERGE);
    assertThat(rows(Table.SALES_LINES)).isEqualTo(8 + 2);
    assertThat(rows(Table.QUARANTINE)).isEqualTo(8 + 1);

    Path broken = Files.writeString(folder.resolve("broken.csv"), "nothing,we\nknow,of\n");
    assertThatThrownBy(() -> run(broken, Mode.REPLACE)).isInstanceOf(PosException.class);
    assertThat(rows(Table.SALES_LINES)).isEqualTo(8 + 2);
  }

  private String run(Path file, Mode mode) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    LocalDate day = LocalDate.of(2010, 12, 31);
    new ImportCommand(lake, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(
            mapping,
            Map.of("transactions", file.toString()),
            mode,
            Optional.of(day),
            Instant.EPOCH);
    return printed.toString(StandardCharsets.UTF_8);
  }

  private long rows(Table table) {
    return Lake.count(lake.read(table));
  }
}
