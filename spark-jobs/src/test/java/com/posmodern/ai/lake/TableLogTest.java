package com.posmodern.ai.lake;

import static com.posmodern.ai.testing.ResultRows.champions;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Days;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.HistoryWriter.Scope;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Delta tells beside its public API; the same rows with a list of the files and without. */
class TableLogTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);
  private static final LocalDate TUESDAY = MONDAY.plusDays(1);

  @TempDir Path folder;

  private final SparkSession spark = SparkTest.session();

  @BeforeEach
  void writeTwoDates() {
    LakeWriter writer = new LakeWriter(lake());
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, champions("a", "b"), Map.of());
    writer.replace(Table.FORECAST_CHAMPIONS, TUESDAY, champions("a", "b", "c"), Map.of());
    // Again: the rows of before are in no file that is listed.
    writer.replace(Table.FORECAST_CHAMPIONS, MONDAY, champions("d"), Map.of());
  }

  @Test
  void fewFilesAreListedAndTellTheirRows() {
    TableLog log = log();
    assertThat(log.listedRows(Optional.empty())).contains(4L);
    assertThat(log.listedRows(Optional.of(MONDAY))).contains(1L);
    assertThat(log.listedRows(Optional.of(MONDAY.minusDays(1)))).contains(0L);
    assertThat(log.listedBytes(Optional.of(MONDAY)).orElseThrow())
        .isPositive()
        .isLessThan(log.listedBytes(Optional.empty()).orElseThrow());
    assertThat(candidates(log.rows())).containsExactly("a", "b", "c", "d");
    assertThat(candidates(log.rows().where(Lake.isOf(TUESDAY)))).containsExactly("a", "b", "c");
  }

  @Test
  void theFirstCommitOfATableListsItsFilesToo() {
    Table table = Table.FORECAST_CHAMPIONS;
    Lake other = new Lake(spark, folder.resolve("other").toString());
    new LakeWriter(other).replace(table, MONDAY, champions("a", "b"), Map.of());
    TableLog first = TableLog.newest(spark, other.location(table));
    assertThat(first.version()).isZero();
    assertThat(first.listedRows(Optional.of(MONDAY))).contains(2L);
    assertThat(candidates(first.rows())).containsExactly("a", "b");
  }

  @Test
  void littleIsReadAsOnePartition() {
    Lake lake = lake();
    long version = lake.version(Table.FORECAST_CHAMPIONS);
    // Two dates are two files at least.
    assertThat(log().rows().rdd().getNumPartitions()).isGreaterThan(1);
    assertThat(lake.read(Table.FORECAST_CHAMPIONS, version).rdd().getNumPartitions()).isEqualTo(1);
    assertThat(candidates(lake.readDate(Table.FORECAST_CHAMPIONS, version, TUESDAY)))
        .containsExactly("a", "b", "c");
  }

  @Test
  void theLogTellsVersionPropertiesAndFeatures() {
    TableLog log = log();
    assertThat(log.version()).isEqualTo(lake().version(Table.FORECAST_CHAMPIONS));
    assertThat(log.properties()).containsEntry("delta.enableDeletionVectors", "false");
    assertThat(log.features()).contains("appendOnly").doesNotContain("deletionVectors");
    assertThat(log.clockMillis()).isPositive();
  }

  /** EMR's own programs, and others that read the lake, may have no newer Delta than 4.0.0. */
  @Test
  void tablesNeedNoFeatureThatDelta400DoesNotKnow() {
    Lake lake = lake();
    Set<String> known =
        Set.of(
            "appendOnly",
            "changeDataFeed",
            "checkConstraints",
            "columnMapping",
            "generatedColumns",
            "identityColumns",
            "invariants");
    for (Table table :
        List.of(Table.CUSTOMERS, Table.ACCEPTED_SALES, Table.DEMAND_FORECAST, Table.QUARANTINE)) {
      TableCreation.create(lake, Contracts.of(table));
      assertThat(lake.features(table)).as(table.toString()).isSubsetOf(known);
    }
  }

  @Test
  void aCheckpointStandsForTheLogBeforeIt() throws IOException {
    log().checkpoint();
    Path log = folder.resolve(Table.FORECAST_CHAMPIONS.path()).resolve("_delta_log");
    for (long version = 0; version < log().version(); version++) {
      Files.delete(log.resolve("%020d.json".formatted(version)));
    }
    TableLog.forget(spark, lake().location(Table.FORECAST_CHAMPIONS));
    assertThat(candidates(log().rows())).containsExactly("a", "b", "c", "d");
  }

  @Test
  void withoutAListTheLogTellsTheSame() throws IOException {
    Path log = folder.resolve(Table.FORECAST_CHAMPIONS.path()).resolve("_delta_log");
    try (Stream<Path> entries = Files.list(log)) {
      for (Path list : entries.filter(path -> path.toString().endsWith(".crc")).toList()) {
        Files.delete(list);
      }
    }
    TableLog.forget(spark, lake().location(Table.FORECAST_CHAMPIONS));
    assertThat(log().listsItsFiles()).isFalse();
    assertThat(log().listedBytes(Optional.empty())).isEmpty();
    assertThat(candidates(log().rows())).containsExactly("a", "b", "c", "d");
    Lake lake = lake();
    long version = lake.version(Table.FORECAST_CHAMPIONS);
    assertThat(candidates(lake.read(Table.FORECAST_CHAMPIONS, version)))
        .containsExactly("a", "b", "c", "d");
    assertThat(lake.count(Table.FORECAST_CHAMPIONS, version, Optional.of(TUESDAY))).isEqualTo(3);
  }

  @Test
  void anOlderVersionIsReadAsItWas() {
    Lake lake = lake();
    long older = lake.version(Table.FORECAST_CHAMPIONS) - 1;
    assertThat(candidates(lake.read(Table.FORECAST_CHAMPIONS, older)))
        .containsExactly("a", "a", "b", "b", "c");
    assertThat(lake.count(Table.FORECAST_CHAMPIONS, older, Optional.of(MONDAY))).isEqualTo(2);
  }

  /** As source tables of others may have it: a file's rows are fewer than it holds. */
  @Test
  void rowsThatAVectorDeletesAreNeitherReadNorCounted() {
    String table = "delta.`%s`".formatted(lake().location(Table.FORECAST_CHAMPIONS));
    spark.sql(
        "ALTER TABLE %s SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
            .formatted(table));
    spark.sql("OPTIMIZE " + table);
    spark.sql("DELETE FROM %s WHERE candidate = 'b'".formatted(table));
    TableLog log = log();
    assertThat(log.features()).contains("deletionVectors");
    assertThat(log.listedRows(Optional.of(TUESDAY))).contains(2L);
    assertThat(candidates(log.rows())).containsExactly("a", "c", "d");
  }

  /** Whatever maintenance commits after it. */
  @Test
  void theLastNoteIsFoundBehindCommitsWithoutOne() {
    Lake lake = lake();
    Table table = Table.REFUSED_SALES;
    Standing standing = new Standing(MONDAY, Map.of("source/sales_lines", "id@7"), "{\"a\":1}");
    HistoryWriter writer = new HistoryWriter(lake, marked -> Map.of());
    writer.replace(table, refused("2026-06-29", "2026-06-30"), Scope.WHOLE, standing);
    spark.sql("OPTIMIZE delta.`%s`".formatted(lake.location(table)));
    new LakeWriter(lake).keep(table, Map.of("pos.kept", "yes"));
    assertThat(lake.standing(table, lake.version(table))).contains(standing);
    assertThat(log().note()).as("another table, without a note").isEmpty();
  }

  @Test
  void changesAreTheRowsOfFilesThatCameOrWent() {
    Lake lake = lake();
    Table table = Table.REFUSED_SALES;
    Standing standing = new Standing(MONDAY, Map.of(), "");
    HistoryWriter writer = new HistoryWriter(lake, marked -> Map.of());
    writer.replace(table, refused("2026-06-29"), Scope.WHOLE, standing);
    String place = lake.place(table, lake.version(table));
    assertThat(changes(table, place)).isEqualTo(TableChanges.NONE);
    Days tuesday = Days.of(List.of(TUESDAY));
    writer.replace(table, refused("2026-06-30"), new Scope(Optional.of(tuesday), false), standing);
    spark.sql("OPTIMIZE delta.`%s`".formatted(lake.location(table)));
    assertThat(signed(changes(table, place)))
        .as("joined files are none")
        .containsExactly("1 2026-06-30");
    String joined = lake.place(table, lake.version(table));
    writer.replace(table, refused("2026-06-30"), new Scope(Optional.of(tuesday), true), standing);
    assertThat(signed(changes(table, joined)))
        .as("the joined file was written again")
        .containsExactly("-1 2026-06-29", "-1 2026-06-30", "1 2026-06-29", "1 2026-06-30");
    assertThat(changes(table, "another@1").unknown()).contains("another table");
    assertThat(changes(table, place.split("@", -1)[0] + "@99").unknown()).contains("older");
    new TableCare(lake).cleanLog(table);
    new Removal(lake).forgetBefore(table, new Removal(lake).seal(table, Instant.EPOCH));
    assertThat(changes(table, place).unknown()).contains("no longer reaches back");
  }

  private TableChanges changes(Table table, String place) {
    Lake opened = lake();
    return opened.changes(table, opened.version(table), place);
  }

  private static List<String> signed(TableChanges changes) {
    return changes.rows().orElseThrow().collectAsList().stream()
        .map(row -> row.getAs(TableChanges.SIGN) + " " + row.getAs("business_date"))
        .sorted()
        .toList();
  }

  private Dataset<Row> refused(String... dates) {
    return spark.sql(
        Stream.of(dates)
            .map(
                date ->
                    "SELECT date'%s' AS business_date, array('r') AS reasons, 'k' AS row_key, '{}' AS row_json"
                        .formatted(date))
            .collect(Collectors.joining(" UNION ALL ")));
  }

  private Lake lake() {
    return new Lake(spark, folder.toString());
  }

  private TableLog log() {
    return TableLog.newest(spark, lake().location(Table.FORECAST_CHAMPIONS));
  }

  private static List<String> candidates(Dataset<Row> rows) {
    return rows.select("candidate").orderBy("candidate").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
