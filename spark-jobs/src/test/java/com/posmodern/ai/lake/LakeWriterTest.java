package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeWriterTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);

  @TempDir Path folder;

  private final SparkSession spark = SparkTest.session();
  private Lake lake;
  private LakeWriter writer;

  @BeforeEach
  void openLake() {
    lake = new Lake(spark, folder.toString());
    writer = new LakeWriter(lake);
  }

  @Test
  void anOlderDateIsBackfilledBesideANewerOne() {
    writer.replace(Table.PRODUCT_INDEX, TUESDAY, index("a", "b"), Map.of());
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a"), Map.of());
    assertThat(products(TUESDAY)).isEqualTo(2);
    assertThat(products(MONDAY)).isEqualTo(1);
  }

  @Test
  void aSecondWriteOfADateReplacesItInOneCommit() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a", "b"), Map.of());
    long before = lake.version(Table.PRODUCT_INDEX);
    assertThat(writer.replace(Table.PRODUCT_INDEX, MONDAY, index("c"), Map.of())).isEqualTo(1);
    assertThat(lake.version(Table.PRODUCT_INDEX)).isEqualTo(before + 1);
    assertThat(products(MONDAY)).isEqualTo(1);
  }

  @Test
  void onlyADateWithRowsIsReplaced() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a", "b"), Map.of());
    writer.replace(Table.PRODUCT_INDEX, TUESDAY, index("a"), Map.of());
    assertThat(lastMode()).isEqualTo("Append");
    writer.replace(Table.PRODUCT_INDEX, TUESDAY, index("c"), Map.of());
    assertThat(lastMode()).isEqualTo("Overwrite");
    assertThat(products(MONDAY)).isEqualTo(2);
    assertThat(products(TUESDAY)).isEqualTo(1);
  }

  @Test
  void aRepeatedKeyInTheFirstRowsOfADateLeavesNone() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a", "b"), Map.of());
    Dataset<Row> twice = index("a").union(index("a"));
    assertThatThrownBy(() -> writer.replace(Table.PRODUCT_INDEX, TUESDAY, twice, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("unique_key");
    assertThat(products(TUESDAY)).isZero();
    assertThat(products(MONDAY)).isEqualTo(2);
  }

  @Test
  void aSliceLeavesTheOtherRowsOfTheDate() {
    writer.replace(Table.QUALITY_RESULTS, MONDAY, result("sales_lines", 1), slice("sales_lines"));
    writer.replace(Table.QUALITY_RESULTS, MONDAY, result("stores", 2), slice("stores"));
    writer.replace(Table.QUALITY_RESULTS, MONDAY, result("stores", 3), slice("stores"));
    Dataset<Row> rows = lake.read(Table.QUALITY_RESULTS);
    assertThat(rows.select(Columns.TABLE_NAME, Columns.ROWS_FAILED).collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[sales_lines,1]", "[stores,3]");
  }

  @Test
  void writersOfSlicesSideBySideLoseNothing() {
    writer.replace(Table.QUALITY_RESULTS, MONDAY, result("stores", 0), slice("stores"));
    // A Lake each, as two processes have: what keeps them apart is Delta, not a lock of this JVM.
    List<CompletableFuture<Void>> writers =
        Stream.of("sales_lines", "products", "calendar")
            .map(
                table ->
                    CompletableFuture.runAsync(
                        () ->
                            new LakeWriter(new Lake(spark, folder.toString()))
                                .replace(
                                    Table.QUALITY_RESULTS, MONDAY, result(table, 1), slice(table))))
            .toList();
    writers.forEach(CompletableFuture::join);
    assertThat(lake.read(Table.QUALITY_RESULTS).select(Columns.TABLE_NAME).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("stores", "sales_lines", "products", "calendar");
  }

  @Test
  void aRowThatBreaksARuleStopsTheCommitAndIsNamed() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a"), Map.of());
    long before = lake.version(Table.PRODUCT_INDEX);
    Dataset<Row> negative = spark.sql("SELECT 'p7' AS product_id, -1 AS product_index");
    assertThatThrownBy(() -> writer.replace(Table.PRODUCT_INDEX, MONDAY, negative, Map.of()))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("models.product_index")
        .hasMessageContaining("product_index_in_range")
        .hasMessageContaining("p7");
    assertThat(lake.version(Table.PRODUCT_INDEX)).isEqualTo(before);
  }

  @Test
  void aRepeatedKeyPutsTheTableBack() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a", "b"), Map.of());
    Dataset<Row> twice = index("a").union(index("a"));
    assertThatThrownBy(() -> writer.replace(Table.PRODUCT_INDEX, MONDAY, twice, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("unique_key");
    assertThat(products(MONDAY)).isEqualTo(2);
  }

  @Test
  void aTableRuleThatBreaksPutsTheTableBack() {
    writer.replace(Table.PRODUCT_INDEX, MONDAY, index("a", "b"), Map.of());
    Dataset<Row> gap = spark.sql("SELECT 'a' AS product_id, 5 AS product_index");
    assertThatThrownBy(() -> writer.replace(Table.PRODUCT_INDEX, MONDAY, gap, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("index_dense");
    assertThat(products(MONDAY)).isEqualTo(2);
  }

  @Test
  void keysOfPeopleAreNotInTheMessage() {
    Dataset<Row> negative = spark.sql("SELECT 'maria' AS customer_id, -1 AS customer_index");
    assertThatThrownBy(() -> writer.replace(Table.CUSTOMER_INDEX, MONDAY, negative, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageNotContaining("maria");
  }

  @Test
  void mergingTheSameSourceRowsTwiceAddsNothing() {
    Dataset<Row> events =
        spark.sql(
            "SELECT 'ALL' AS region, DATE'2026-01-01' AS calendar_date, 'Ano Novo' AS event_name,"
                + " 'national_holiday' AS kind");
    Dataset<Row> changes = events.withColumn("action", lit("insert"));
    writer.mergeSource(Table.CALENDAR, changes, "action");
    writer.mergeSource(Table.CALENDAR, changes, "action");
    assertThat(lake.read(Table.CALENDAR).count()).isEqualTo(1);
  }

  @Test
  void aFolderThatIsNoDeltaTableIsSaid() throws IOException {
    Files.createDirectories(folder.resolve("source/stores"));
    Files.writeString(folder.resolve("source/stores/stores.csv"), "store_id\n1\n");
    assertThatThrownBy(() -> lake.version(Table.STORES))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("is no Delta table")
        .hasMessageContaining("source.stores");
  }

  @Test
  void aMissingTableNamesPlaceAndRemedy() {
    assertThatThrownBy(() -> lake.version(Table.SALES_LINES))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("sample");
  }

  @Test
  void aSchemaThatDiffersFromItsContractNamesTheColumn() {
    String location = lake.location(Table.STORES);
    spark.sql("SELECT 1 AS store_id").write().format("delta").save(location);
    assertThatThrownBy(() -> lake.read(Table.STORES))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("source.stores.store_id")
        .hasMessageContaining("is int, the contract says string");
  }

  private Dataset<Row> index(String... products) {
    String rows = "";
    for (int i = 0; i < products.length; i++) {
      rows += (i == 0 ? "" : ", ") + "('%s', %d)".formatted(products[i], i);
    }
    return spark.sql("SELECT * FROM VALUES " + rows + " AS t(product_id, product_index)");
  }

  private Dataset<Row> result(String table, long failed) {
    return spark.sql(
        "SELECT '%s' AS table_name, 'r' AS rule, 'error' AS severity, 9L AS rows_checked, %dL AS rows_failed, 0.1D AS share, 0.2D AS tolerance, true AS passed"
            .formatted(table, failed));
  }

  private String lastMode() {
    return DeltaTable.forPath(spark, lake.location(Table.PRODUCT_INDEX))
        .history(1)
        .select("operationParameters.mode")
        .head()
        .getString(0);
  }

  private static Map<String, String> slice(String table) {
    return Map.of(Columns.TABLE_NAME, table);
  }

  private long products(LocalDate date) {
    return lake.read(Table.PRODUCT_INDEX).where("as_of_date = '" + date + "'").count();
  }
}
