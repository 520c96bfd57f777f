package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.ResultRows;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LakeWriterTest extends WithEmptyLake {
  @Test
  void anOlderDateIsBackfilledBesideANewerOne() {
    writer.replace(Table.FORECAST_CHAMPIONS, TUESDAY, ResultRows.champions("a", "b"), Map.of());
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a"), Map.of());
    assertThat(candidates(TUESDAY)).isEqualTo(2);
    assertThat(candidates(MONDAY)).isEqualTo(1);
  }

  @Test
  void aSecondWriteOfADateReplacesItInOneCommit() {
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a", "b"), Map.of());
    long before = lake.version(Table.FORECAST_CHAMPIONS);
    assertThat(
            writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("c"), Map.of()))
        .isEqualTo(1);
    assertThat(lake.version(Table.FORECAST_CHAMPIONS)).isEqualTo(before + 1);
    assertThat(candidates(MONDAY)).isEqualTo(1);
  }

  @Test
  void onlyADateWithRowsIsReplaced() {
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a", "b"), Map.of());
    writer.replace(Table.FORECAST_CHAMPIONS, TUESDAY, ResultRows.champions("a"), Map.of());
    assertThat(lastMode()).isEqualTo("Append");
    writer.replace(Table.FORECAST_CHAMPIONS, TUESDAY, ResultRows.champions("c"), Map.of());
    assertThat(lastMode()).isEqualTo("Overwrite");
    assertThat(candidates(MONDAY)).isEqualTo(2);
    assertThat(candidates(TUESDAY)).isEqualTo(1);
  }

  @Test
  void aRepeatedKeyInTheFirstRowsOfADateLeavesNone() {
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a", "b"), Map.of());
    Dataset<Row> twice = ResultRows.champions("a").union(ResultRows.champions("a"));
    assertThatThrownBy(() -> writer.replace(Table.FORECAST_CHAMPIONS, TUESDAY, twice, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("unique_key");
    assertThat(candidates(TUESDAY)).isZero();
    assertThat(candidates(MONDAY)).isEqualTo(2);
  }

  @Test
  void aSliceLeavesTheOtherRowsOfTheDate() {
    writer.replace(
        Table.QUALITY_RESULTS, MONDAY, ResultRows.quality("sales_lines", 1), slice("sales_lines"));
    writer.replace(Table.QUALITY_RESULTS, MONDAY, ResultRows.quality("stores", 2), slice("stores"));
    writer.replace(Table.QUALITY_RESULTS, MONDAY, ResultRows.quality("stores", 3), slice("stores"));
    Dataset<Row> rows = lake.read(Table.QUALITY_RESULTS);
    assertThat(rows.select(Columns.TABLE_NAME, Columns.ROWS_FAILED).collectAsList())
        .extracting(Row::toString)
        .containsExactlyInAnyOrder("[sales_lines,1]", "[stores,3]");
  }

  @Test
  void writersOfSlicesSideBySideLoseNothing() {
    writer.replace(Table.QUALITY_RESULTS, MONDAY, ResultRows.quality("stores", 0), slice("stores"));
    // A Lake each, as two processes have: what keeps them apart is Delta, not a lock of this JVM.
    List<CompletableFuture<Void>> writers =
        Stream.of("sales_lines", "products", "calendar")
            .map(
                table ->
                    CompletableFuture.runAsync(
                        () ->
                            new LakeWriter(new Lake(spark, folder.toString()))
                                .replace(
                                    Table.QUALITY_RESULTS,
                                    MONDAY,
                                    ResultRows.quality(table, 1),
                                    slice(table))))
            .toList();
    writers.forEach(CompletableFuture::join);
    assertThat(lake.read(Table.QUALITY_RESULTS).select(Columns.TABLE_NAME).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("stores", "sales_lines", "products", "calendar");
  }

  @Test
  void aRowThatBreaksARuleStopsTheCommitAndIsNamed() {
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a"), Map.of());
    long before = lake.version(Table.FORECAST_CHAMPIONS);
    Dataset<Row> unknown = ResultRows.champions("p7").withColumn(Columns.DEMAND_CLASS, lit("odd"));
    assertThatThrownBy(() -> writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, unknown, Map.of()))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA))
        .hasMessageContaining("models.forecast_champions")
        .hasMessageContaining("class_known")
        .hasMessageContaining("p7");
    assertThat(lake.version(Table.FORECAST_CHAMPIONS)).isEqualTo(before);
  }

  @Test
  void aRepeatedKeyIsFoundBeforeAnyReaderSeesIt() {
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, ResultRows.champions("a", "b"), Map.of());
    long before = lake.version(Table.FORECAST_CHAMPIONS);
    Dataset<Row> twice = ResultRows.champions("a").union(ResultRows.champions("a"));
    assertThatThrownBy(() -> writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, twice, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("unique_key");
    assertThat(lake.version(Table.FORECAST_CHAMPIONS)).isEqualTo(before);
    assertThat(candidates(MONDAY)).isEqualTo(2);
  }

  @Test
  void aTableRuleThatBreaksStopsTheCommit() {
    Dataset<Row> published =
        spark.sql(
            "SELECT 'p' AS publication_id, 'similar_products' AS table_name, 1L AS delta_version,"
                + " 9L AS rows, 'm' AS model_version, 'accepted' AS verdict, 0.5D AS skill");
    writer.replace(Table.PUBLICATIONS, MONDAY, published, Map.of());
    long before = lake.version(Table.PUBLICATIONS);
    Dataset<Row> none = published.limit(0);
    assertThatThrownBy(() -> writer.replace(Table.PUBLICATIONS, MONDAY, none, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("not_empty");
    assertThat(lake.version(Table.PUBLICATIONS)).isEqualTo(before);
    assertThat(lake.read(Table.PUBLICATIONS).count()).isEqualTo(1);
  }

  @Test
  void keysOfPeopleAreNotInTheMessage() {
    Dataset<Row> without = ResultRows.segments(null, "maria");
    assertThatThrownBy(() -> writer.replace(Table.CUSTOMER_SEGMENTS, MONDAY, without, Map.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("segment_name_present")
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
        .hasMessageContaining("is not a Delta table")
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

  private String lastMode() {
    return DeltaTable.forPath(spark, lake.location(Table.FORECAST_CHAMPIONS))
        .history(1)
        .select("operationParameters.mode")
        .head()
        .getString(0);
  }

  private static Map<String, String> slice(String table) {
    return Map.of(Columns.TABLE_NAME, table);
  }

  private long candidates(LocalDate date) {
    return lake.read(Table.FORECAST_CHAMPIONS).where("as_of_date = '" + date + "'").count();
  }
}
