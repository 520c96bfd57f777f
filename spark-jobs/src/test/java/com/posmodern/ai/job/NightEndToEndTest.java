package com.posmodern.ai.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeStorage;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.lock.Writer;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.night.Nightly;
import com.posmodern.ai.testing.FaultyProxy;
import com.posmodern.ai.testing.Nights;
import com.posmodern.ai.testing.S3Requests;
import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Whole nights on a small sample lake in a folder, with real Delta. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NightEndToEndTest {
  private static final Set<Table> RESULTS =
      EnumSet.of(
          Table.DEMAND_FORECAST,
          Table.DEMAND_FORECAST_TOTAL,
          Table.ORDER_BACKTEST,
          Table.REPLENISHMENT_ADVICE,
          Table.PRODUCT_RECOMMENDATIONS,
          Table.SIMILAR_PRODUCTS,
          Table.POPULAR_PRODUCTS,
          Table.CUSTOMER_SEGMENTS,
          Table.SEGMENT_PROFILES,
          Table.SEGMENT_MOVES);

  /** What a segment model gives. */
  private static final Set<Table> SEGMENTS =
      EnumSet.of(Table.CUSTOMER_SEGMENTS, Table.SEGMENT_PROFILES, Table.SEGMENT_MOVES);

  @TempDir static Path folder;

  private static Settings settings;
  private static LocalDate asOf;
  private static Lake lake;

  @BeforeAll
  static void makeTheSampleLake() {
    settings = TestSettings.read();
    asOf = LocalDate.parse(settings.sample().lastDay());
    lake = lake("lake");
    Nights.sample(lake);
  }

  @Test
  @Order(1)
  void aNightFillsEveryResultTableAndPublishesIt() {
    // Later nights, with plans and code of the tests' own, have to give the same rows.
    List<JobReport> reports = SparkTest.asShipped(() -> Nights.run(lake, asOf));
    assertNothingFailed(reports);
    assertThat(lake.spark().sharedState().cacheManager().isEmpty())
        .as("every job lets go of what it cached")
        .isTrue();
    for (Table table : RESULTS) {
      assertThat(Tables.of(lake, table, asOf).count()).as(table.toString()).isPositive();
    }
    assertThat(Tables.of(lake, Table.PUBLICATIONS, asOf).select(Columns.TABLE_NAME).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(RESULTS.stream().map(Table::tableName).toList());
    assertThat(Path.of(settings.report().folder(), asOf + ".html")).exists();
  }

  /** A model that predicts zero has a squared error of 1 here, and a sum of 0. */
  @Test
  @Order(2)
  void theForecastIsFarBetterThanZeroAndTheListsHoldWhatIsBoughtNext() {
    Row forecast =
        Tables.of(lake, Table.FORECAST_BACKTEST, asOf)
            .selectExpr(
                "sum(pow(mean - actual, 2)) / sum(pow(actual, 2)) AS squared_error",
                "sum(mean) / sum(actual) AS sum_share",
                "avg(double(actual BETWEEN p10 AND p90)) AS coverage")
            .head();
    assertThat(forecast.<Double>getAs("squared_error")).isLessThan(0.9);
    assertThat(forecast.<Double>getAs("sum_share")).isBetween(0.75, 1.25);
    assertThat(forecast.<Double>getAs("coverage")).isBetween(0.65, 0.95);
    assertThat(recall("published")).isGreaterThan(0.8 * recall("popularity")).isPositive();
  }

  private static double recall(String candidate) {
    return Tables.of(lake, Table.MODEL_METRICS, asOf)
        .where("model = 'recommend' AND scope = 'all' AND metric = 'recall@20'")
        .where("candidate = '" + candidate + "'")
        .select(Columns.METRIC_VALUE)
        .head()
        .getDouble(0);
  }

  @Test
  @Order(2)
  void everyForecastSeriesHasEveryDayOfTheHorizonOnce() {
    long horizon = settings.forecast().horizonDays();
    assertThat(
            Tables.of(lake, Table.DEMAND_FORECAST, asOf)
                .groupBy(Columns.STORE_ID, Columns.PRODUCT_ID)
                .agg(functions.count(functions.lit(1)).as("days"))
                .where("days <> " + horizon)
                .count())
        .isZero();
  }

  @Test
  @Order(3)
  void aSecondNightForTheSameDateGivesTheSameRowsAndAnOlderOneIsBackfilledBesideIt() {
    Map<Table, String> before = fingerprints();
    Map<String, Double> metrics = metrics();
    assertNothingFailed(Nights.run(lake, asOf));
    assertThat(fingerprints()).isEqualTo(before);
    // The first night had more partitions, so that its sums were added up in another order.
    Map<String, Double> again = metrics();
    again.keySet().retainAll(metrics.keySet());
    metrics.keySet().retainAll(again.keySet());
    assertThat(again).containsKey("forecast published all wrmsse").isEqualTo(metrics);
    List<JobReport> older = Nights.run(lake, asOf.minusDays(7));
    assertNothingFailed(older);
    assertThat(fingerprints()).isEqualTo(before);
    Set<String> rejected =
        older.stream()
            .filter(report -> report.outcome() == Outcome.REJECTED)
            .map(JobReport::job)
            .collect(Collectors.toSet());
    // On a few hundred customers chance decides whether segments beat the baseline; no model, no
    // rows.
    assertThat(rejected).isSubsetOf("segment-train");
    for (Table table : RESULTS) {
      boolean none = SEGMENTS.contains(table) && !rejected.isEmpty();
      assertThat(Tables.of(lake, table, asOf.minusDays(7)).count() == 0)
          .as(table.toString())
          .isEqualTo(none);
    }
  }

  @Test
  @Order(4)
  @Tag("external")
  void aNightOnS3GivesTheSameRowsWhateverHappensOnTheWayThere() throws IOException {
    S3Requests requests = new S3Requests(NightEndToEndTest::fate);
    try (FaultyProxy proxy = new FaultyProxy(S3Server.address(), requests)) {
      String bucket = S3Server.bucket("night", proxy.address());
      Lake remote = new Lake(SparkTest.session(), bucket + "/lake");
      Nights.copySources(lake, remote);
      requests.clear();
      assertThat(LakeStorage.prepare(remote, LakeStorage.Drivers.SEVERAL)).isEmpty();
      Settings there =
          TestSettings.with(settings.publish(), settings.maintenance(), bucket + "/reports");
      try (WriterLock lease = LakeStorage.lease(remote, Writer.alone("nightly"))) {
        lease.requireHeld();
        assertNothingFailed(Nights.run(remote, there, asOf));
      }
      requests.assertKept("night");
      assertThat(fingerprints(remote)).isEqualTo(fingerprints(lake));
      System.out.println("requests to S3 and their fates: " + proxy.happened());
      assertThat(proxy.happened()).containsKeys("Late", "LostRequest", "LostAnswer", "Answer");
    }
  }

  private static FaultyProxy.Fate fate(String method, String path, long number) {
    // The client waits long after these two: some dozens of each in a night are enough.
    if (number % 211 == 210) {
      return new FaultyProxy.Fate.Answer(503, "SlowDown");
    }
    if (number % 223 == 222) {
      return new FaultyProxy.Fate.Late(200);
    }
    if (number % 101 == 100) {
      return new FaultyProxy.Fate.LostRequest();
    }
    return number % 127 == 126 ? new FaultyProxy.Fate.LostAnswer() : new FaultyProxy.Fate.Pass();
  }

  @Test
  @Order(5)
  void threeTablesThreeMonthsAndNobodyKnownStillGiveForecastsAndPopularProducts() {
    Lake bare = lake("bare");
    LakeWriter writer = new LakeWriter(bare);
    writer.replaceSource(Table.STORES, lake.read(Table.STORES));
    writer.replaceSource(Table.PRODUCTS, lake.read(Table.PRODUCTS));
    writer.replaceSource(
        Table.SALES_LINES,
        lake.read(Table.SALES_LINES)
            .where("sold_at > '" + asOf.minusDays(91) + "'")
            .withColumn(Columns.CUSTOMER_ID, functions.lit(null).cast("string")));
    List<JobReport> reports = Nights.run(bare, asOf);
    assertNothingFailed(reports);
    assertThat(Tables.of(bare, Table.DEMAND_FORECAST, asOf).count()).isPositive();
    assertThat(Tables.of(bare, Table.POPULAR_PRODUCTS, asOf).count()).isPositive();
    assertThat(reports)
        .filteredOn(report -> report.job().startsWith("segment"))
        .allSatisfy(
            report -> {
              assertThat(report.outcome()).isEqualTo(Outcome.SKIPPED);
              assertThat(report.message()).isNotBlank();
            });
  }

  @Test
  @Order(6)
  void badDataStopTheNightAndLeaveThePublicationInPlace() {
    LocalDate next = asOf.plusDays(1);
    long published = lake.version(Table.PUBLICATIONS);
    Map<Table, String> before = fingerprints();
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(Table.SALES_LINES, withNextDay(lake.read(Table.SALES_LINES)));
    writer.replaceSource(
        Table.STORES,
        lake.read(Table.STORES).withColumn(Columns.TIME_ZONE, functions.lit("somewhere south")));
    List<JobReport> reports = Nights.run(lake, next);
    assertThat(Nightly.exitCode(reports)).isEqualTo(ExitCode.BAD_DATA);
    assertThat(reports.get(0).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(reports.get(0).message()).contains("stores").contains("time_zone_shape");
    assertThat(lake.version(Table.PUBLICATIONS)).isEqualTo(published);
    assertThat(fingerprints()).isEqualTo(before);
  }

  /** The lines, and those of the as-of date once more, a day later. */
  private static Dataset<Row> withNextDay(Dataset<Row> lines) {
    return lines.unionByName(
        lines
            .where(functions.to_date(functions.col(Columns.SOLD_AT)).equalTo(functions.lit(asOf)))
            .withColumn(
                Columns.SALE_ID,
                functions.concat(functions.lit("next "), functions.col(Columns.SALE_ID)))
            .withColumn(Columns.SOLD_AT, functions.expr(Columns.SOLD_AT + " + INTERVAL 1 DAY")));
  }

  /** Every defined metric of every model. */
  private static Map<String, Double> metrics() {
    return Tables.of(lake, Table.MODEL_METRICS, asOf)
        .where(functions.col(Columns.METRIC_VALUE).isNotNull())
        .select(
            functions.concat_ws(
                " ",
                functions.col(Columns.MODEL),
                functions.col(Columns.CANDIDATE),
                functions.col(Columns.SCOPE),
                functions.col(Columns.METRIC)),
            functions.col(Columns.METRIC_VALUE))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));
  }

  private static Map<Table, String> fingerprints() {
    return fingerprints(lake);
  }

  private static Map<Table, String> fingerprints(Lake of) {
    return RESULTS.stream()
        .collect(Collectors.toMap(table -> table, table -> Tables.fingerprint(of, table, asOf)));
  }

  private static void assertNothingFailed(List<JobReport> reports) {
    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.outcome())
                    .as(report.job() + ": " + report.message())
                    .isNotEqualTo(Outcome.FAILED));
  }

  private static Lake lake(String name) {
    return new Lake(SparkTest.session(), folder.resolve(name).toString());
  }
}
