package com.posmodern.ai.job.intake;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.posmodern.ai.config.LiveSettings.Watch;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stores that sell 30 receipts an hour, day and night. */
class LiveWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Watch SETTINGS = TestSettings.read().live().watch();

  private static final PseudonymKey KEY = PseudonymKey.of("a key of this test, long enough for it");

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void aStoreThatStopsIsOneAlertThatARestartKnowsAndItsFirstReceiptCloses() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(
        Table.STORES,
        ContractRows.select(
            Table.STORES,
            "SELECT explode(array('A', 'B')) AS store_id, 'America/Sao_Paulo' AS time_zone"));
    Dataset<Row> before = sales("'A', 'B'", 0, 300);
    writer.replaceSource(Table.SALES_LINES, before);
    writer.replace(Table.LIVE_PROFILES, LocalDate.parse("2026-11-25"), profiles(), Map.of());
    Instant one = NOON.plusSeconds(3600);

    LiveWatch watch = watch(lake);
    watch.open(NOON);
    watch.lookAtOnce(NOON);
    assertThat(lake.exists(Table.LIVE_ALERTS)).isFalse();
    Dataset<Row> batch = sales("'A'", 300, 360);
    watch.add(batch, one);
    watch.lookAtOnce(one);
    assertThat(alerts(lake))
        .extracting(
            row -> row.getAs("store_id"), row -> row.getAs("alert_kind"), row -> row.getAs("state"))
        .containsExactly(tuple("B", "STOP", "OPEN"));
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("alert OPEN STOP store B");
    assertThat(folder.resolve("reports/live.html"))
        .content()
        .contains("1 OPEN", "no receipt since", "source.sales_lines");

    writer.replaceSource(Table.SALES_LINES, before.union(batch));
    LiveWatch restarted = watch(lake);
    restarted.open(one.plusSeconds(60));
    restarted.lookAtOnce(one.plusSeconds(60));
    assertThat(alerts(lake)).hasSize(1);
    restarted.add(sales("'A', 'B'", 360, 368), one.plusSeconds(600));
    restarted.look(one.plusSeconds(90));
    assertThat(alerts(lake)).hasSize(1);
    restarted.look(one.plusSeconds(600));
    assertThat(alerts(lake))
        .extracting(row -> row.getAs("state"))
        .containsExactly("OPEN", "CLOSED");
    assertThat(alerts(lake))
        .extracting(row -> row.getAs("alert_id"))
        .hasSize(2)
        .containsOnly(alerts(lake).get(0).<Object>getAs("alert_id"));
  }

  @Test
  void aProductAndACustomerOutOfTheOrdinaryAreAlertedWithoutTheCustomersId() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(
        Table.STORES,
        ContractRows.select(
            Table.STORES,
            "SELECT explode(array('A', 'B')) AS store_id, 'America/Sao_Paulo' AS time_zone"));
    writer.replaceSource(Table.SALES_LINES, sales("'A', 'B'", 0, 300));
    writer.replace(Table.LIVE_PROFILES, LocalDate.parse("2026-11-25"), profiles(), Map.of());
    writer.replace(
        Table.LIVE_RATES,
        LocalDate.parse("2026-11-25"),
        ContractRows.select(
            Table.LIVE_RATES,
            """
            SELECT * FROM VALUES ('PRODUCT', 'ALL', 'P1', 1D, 0D, 1000L),
              ('PRODUCT', 'ALL', 'P2', 0.01D, 0.05D, 10L), ('CUSTOMER', 'ALL', 'ALL', 0.05D, 1D, 900L)
              AS t(rate_kind, store_id, item_id, mean_rate, differences, seen)
            """),
        Map.of());
    LiveWatch watch = watch(lake);
    watch.open(NOON);
    watch.lookAtOnce(NOON);
    assertThat(lake.exists(Table.LIVE_ALERTS)).isFalse();
    Dataset<Row> batch = sales("'A', 'B'", 300, 360);
    Dataset<Row> viral = batch.withColumn("product_id", lit("P2")).withColumn("line_no", lit(2));
    Dataset<Row> one =
        batch.where("store_id = 'A' AND sale_id <= 'A320'").withColumn("customer_id", lit("C4711"));
    Dataset<Row> all = batch.union(viral).union(one);
    watch.add(all, NOON.plusSeconds(3600));
    watch.lookAtOnce(NOON.plusSeconds(3600));
    assertThat(alerts(lake))
        .extracting(
            row -> row.getAs("alert_kind"),
            row -> row.getAs("item_id"),
            row -> row.getAs("customer_id"))
        .containsExactlyInAnyOrder(
            tuple("PRODUCT", "P2", null), tuple("CUSTOMER", "ALL", KEY.pseudonym("C4711")));
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("with product P2", "receipts of one customer within an hour")
        .doesNotContain("C4711", KEY.pseudonym("C4711"));
    assertThat(folder.resolve("reports/live.html"))
        .content()
        .contains("2 OPEN", "PRODUCT", "CUSTOMER")
        .doesNotContain(KEY.pseudonym("C4711"));
    writer.replaceSource(Table.SALES_LINES, sales("'A', 'B'", 0, 300).union(all));
    LiveWatch restarted = watch(lake);
    restarted.open(NOON.plusSeconds(3600));
    restarted.lookAtOnce(NOON.plusSeconds(3660));
    assertThat(alerts(lake)).as("known after a restart").hasSize(2);
  }

  @Test
  void withoutProfilesNothingIsWatched() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    LiveWatch watch = watch(lake);
    watch.open(NOON);
    watch.add(sales("'A'", 0, 60), NOON);
    watch.lookAtOnce(NOON);
    assertThat(lake.exists(Table.LIVE_ALERTS)).isFalse();
    assertThat(said.size()).isZero();
  }

  private LiveWatch watch(Lake lake) {
    return new LiveWatch(
        lake,
        SETTINGS,
        () -> WriterLock.NONE,
        folder.resolve("reports").toString(),
        java.util.Optional.empty(),
        java.util.Optional.of(KEY),
        new PrintStream(said, true, StandardCharsets.UTF_8));
  }

  private static List<Row> alerts(Lake lake) {
    return lake.read(Table.LIVE_ALERTS).orderBy("recorded_at").collectAsList();
  }

  /** A receipt every two minutes, from seven o'clock on. */
  private static Dataset<Row> sales(String stores, int fromMinute, int toMinute) {
    return ContractRows.select(
        Table.SALES_LINES,
        """
        SELECT store_id, concat(store_id, minute) AS sale_id, 1 AS line_no, 'P1' AS product_id,
          timestamp'2026-11-26 07:00:00' + make_interval(0, 0, 0, 0, 0, minute) AS sold_at,
          cast(1 AS decimal(12,3)) AS quantity, cast(20 AS decimal(12,2)) AS unit_price,
          cast(0 AS decimal(12,2)) AS discount, 'store' AS channel
        FROM (SELECT explode(array(%s)) AS store_id), (SELECT explode(sequence(%d, %d, 2)) AS minute)
        """
            .formatted(stores, fromMinute, toMinute - 1));
  }

  private static Dataset<Row> profiles() {
    return ContractRows.select(
        Table.LIVE_PROFILES,
        """
        SELECT store_id, hour AS hour_of_week, 8 AS days_seen, 0 AS first_minute, 59 AS last_minute,
          30D AS expected_receipts, 6D AS receipts_spread, 600D AS expected_revenue, 120D AS revenue_spread
        FROM (SELECT explode(array('A', 'B')) AS store_id), (SELECT explode(sequence(0, 167)) AS hour)
        """);
  }
}
