package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
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
import java.util.List;
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
  private LocalDate day = LocalDate.of(2010, 12, 31);

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

  @Test
  void aNewerExportOfAReceiptRemovesTheLinesThatItNoLongerHas() throws IOException {
    receipts();
    Path monday =
        export("Março: 1.csv", "R1,S1,A,03 10:00", "R1,S1,B,03 10:00", "R2,S1,A,03 11:00");
    run(monday, Mode.MERGE);
    assertThat(lines()).containsExactly("R1 1 A", "R1 2 B", "R2 1 A");
    long version = lake.version(Table.SALES_LINES);
    assertThat(run(monday, Mode.MERGE))
        .contains("merged: 0 new, 0 changed, 0 removed from receipts that were exported again");
    assertThat(lake.version(Table.SALES_LINES)).isEqualTo(version);

    Path newer = export("newer.csv", "R1,S1,B,03 10:00", "R3,S1,A,03 12:00", "R4,,A,03 12:00");
    assertThat(run(newer, Mode.MERGE)).contains("merged: 1 new, 1 changed, 1 removed");
    assertThat(lines()).containsExactly("R1 1 B", "R2 1 A", "R3 1 A");
    assertThat(rows(Table.QUARANTINE)).isEqualTo(1);
    // Under whatever date a row was refused before, it is there once.
    day = day.plusDays(1);
    run(newer, Mode.MERGE);
    assertThat(rows(Table.QUARANTINE)).isEqualTo(1);
    assertThat(lake.read(Table.QUARANTINE).select("as_of_date").head().getDate(0).toLocalDate())
        .isEqualTo(day);
  }

  @Test
  void numbersThatOtherReceiptsHadReplaceNothing() throws IOException {
    receipts();
    run(export("1.csv", "R1,S1,A,03 10:00", "R2,S1,A,03 11:00", "R2,S1,B,03 11:00"), Mode.MERGE);
    // Next day's R2, another store's R1, and within one file R5 of two stores, R6 of two days.
    Path next =
        export(
            "2.csv",
            "R2,S1,C,04 09:00",
            "R1,S2,C,03 10:00",
            "R3,S1,A,04 09:00",
            "R5,S1,A,04 09:00",
            "R5,S2,A,04 09:00",
            "R6,S1,A,04 09:00",
            "R6,S1,A,05 09:00",
            // One receipt whose lines were booked all day long.
            "R7,S1,A,04 09:00",
            "R7,S1,B,04 20:30");
    assertThat(run(next, Mode.MERGE)).contains("sale_id_used_again: 6 (one number for receipts of");
    assertThat(lines()).containsExactly("R1 1 A", "R2 1 A", "R2 2 B", "R3 1 A", "R7 1 A", "R7 2 B");
    assertThat(rows(Table.QUARANTINE)).isEqualTo(6);
  }

  @Test
  void aTrialShowsRowsAndCountsAndWritesNothing() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new ImportCommand(lake, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .preview(
            mapping,
            Map.of("transactions", FILES.resolve("online-retail-ii.csv").toString()),
            Mode.MERGE);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("16 rows in (transactions) = 8 accepted + 8 quarantined")
        .contains("sale_id 489434, line_no 1, store_id online, product_id 79323P, customer_id ***")
        .doesNotContain("13085")
        .contains("nothing was written");
    assertThat(folder.resolve("lake")).doesNotExist();
  }

  @Test
  void aFirstImportOfTodayAloneEndsWell() throws IOException {
    receipts();
    day = null;
    run(export("today.csv", "R1,S1,A,03 00:30", "R2,,A,03 00:40"), Mode.REPLACE);
    assertThat(lines()).containsExactly("R1 1 A");
    assertThat(lake.read(Table.QUARANTINE).select("as_of_date").head().getDate(0).toString())
        .isEqualTo("2025-03-03");
  }

  /** Sales only, lines numbered within their receipt. */
  private void receipts() throws IOException {
    Files.writeString(
        mapping,
        """
        description: receipts
        sources:
          transactions:
            csv: {delimiter: ",", quote: '"', escape: '"', encoding: UTF-8, header: [receipt, store, product, at], multi_line: false, decimal_separator: ".", thousands_separator: "", null_words: []}
            columns:
              receipt: {from: receipt, type: string}
              store: {from: store, type: string}
              product: {from: product, type: string}
              at: {from: at, type: string}
            derived: {sold_at: "to_timestamp(concat('2025-03-', at))"}
        targets:
          sales_lines:
            source: transactions
            one_row_per_key: false
            rules: {}
            columns: {sale_id: receipt, line_no: {line_number: {within: sale_id, order_by: product_id}}, store_id: store, product_id: product, sold_at: sold_at, quantity: {constant: 1}, unit_price: {constant: 1}, discount: {constant: 0}, channel: {constant: store}}
        """);
  }

  private Path export(String name, String... rows) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", rows));
  }

  private List<String> lines() {
    return lake
        .read(Table.SALES_LINES)
        .selectExpr("concat_ws(' ', sale_id, line_no, product_id)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private String run(Path file, Mode mode) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new ImportCommand(lake, new PrintStream(printed, true, StandardCharsets.UTF_8))
        .run(
            mapping,
            Map.of("transactions", file.toString()),
            mode,
            Optional.ofNullable(day),
            Instant.parse("2025-03-03T12:00:00Z"));
    return printed.toString(StandardCharsets.UTF_8);
  }

  private long rows(Table table) {
    return Lake.count(lake.read(table));
  }
}
