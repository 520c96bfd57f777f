package com.posmodern.ai.source.sample;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every planted effect is found again in the rows; one small lake for all of them. */
class SampleLakeTest {
  private static final SampleSettings SETTINGS = settings(7);

  /** Optional tables that the sample retailer does not keep. */
  private static final Set<Table> NOT_MADE =
      EnumSet.of(
          Table.STOCK_ON_ORDER,
          Table.STORE_DAYS,
          Table.SUPPLY_TERMS,
          Table.ASSORTMENT,
          Table.SUPPRESSIONS,
          Table.TREND_SIGNALS);

  private static SampleLake lake;
  private static Dataset<Row> raw;

  /** Clean lines with their store-local day and hour, and what is known of the product. */
  private static Dataset<Row> sales;

  @BeforeAll
  static void generate() {
    lake = SampleLake.generate(SparkTest.session(), SETTINGS);
    raw = table(Table.SALES_LINES).cache();
    Dataset<Row> keys = raw.groupBy("sale_id", "line_no").agg(count(lit(1)).as("copies"));
    sales =
        raw.join(keys, new String[] {"sale_id", "line_no"})
            .where("copies = 1 AND unit_price > 0 AND product_id LIKE 'P%'")
            .join(broadcast(table(Table.STORES)), "store_id")
            .withColumn("local", expr("from_utc_timestamp(sold_at, time_zone)"))
            .withColumn("day", expr("to_date(local)"))
            .where(col("day").between(SETTINGS.firstDate(), SETTINGS.lastDate()))
            .join(broadcast(table(Table.PRODUCTS)), "product_id")
            .cache();
  }

  @AfterAll
  static void release() {
    sales.unpersist();
    raw.unpersist();
  }

  @Test
  void rowsDependOnTheSeedAndNotOnThePartitions() {
    SampleLake again = SampleLake.generate(SparkTest.session(), SETTINGS, 7);
    SampleLake other = SampleLake.generate(SparkTest.session(), settings(8), 3);
    for (Table table :
        List.of(Table.SALES_LINES, Table.CUSTOMERS, Table.PRODUCTS, Table.INVENTORY_DAILY)) {
      String expected = fingerprint(table(table));
      assertThat(fingerprint(again.tables().get(table))).as(table.toString()).isEqualTo(expected);
      assertThat(fingerprint(other.tables().get(table)))
          .as(table.toString())
          .isNotEqualTo(expected);
    }
  }

  @Test
  void sizesFollowTheSettings() {
    assertThat((double) raw.count())
        .isCloseTo((double) SETTINGS.salesLines(), within(0.15 * SETTINGS.salesLines()));
    assertThat(table(Table.STORES).count()).isEqualTo(SETTINGS.stores());
    assertThat(table(Table.PRODUCTS).count()).isEqualTo(SETTINGS.products());
    assertThat(table(Table.CUSTOMERS).count()).isEqualTo(SETTINGS.customers());
    double anonymous = share("customer_id IS NULL");
    assertThat(anonymous).isCloseTo(SETTINGS.anonymousShare(), within(0.05));
  }

  @Test
  void everySourceTableMeetsItsContract() {
    for (Table table : Table.values()) {
      if (table.layer() == Layer.SOURCE && !NOT_MADE.contains(table)) {
        Contract contract = Contracts.of(table);
        Dataset<Row> rows = table(table);
        assertThat(rows.columns()).containsExactly(contract.columnNames().toArray(String[]::new));
        assertThat(Arrays.stream(rows.schema().fields()).map(f -> f.dataType()).toList())
            .isEqualTo(Arrays.stream(contract.schema().fields()).map(f -> f.dataType()).toList());
        if (table != Table.SALES_LINES) {
          assertThat(brokenRules(contract, rows)).as(table.toString()).isEmpty();
        }
      }
    }
  }

  @Test
  void dirtIsRareAndAsTheTruthSays() {
    Map<String, Long> dirt = new HashMap<>();
    for (Row row :
        lake.truth().get("dirty_lines").groupBy(SalesLines.DIRT).count().collectAsList()) {
      dirt.put(row.getString(0), row.getLong(1));
    }
    assertThat(dirt).hasSize(Dirt.values().length);
    assertThat(dirt.values().stream().mapToLong(Long::longValue).sum() / (double) raw.count())
        .isCloseTo(SETTINGS.dirtyRowShare(), within(0.3 * SETTINGS.dirtyRowShare()));
    assertThat(raw.where("unit_price < 0").count()).isEqualTo(dirt.get("negative_price"));
    assertThat(raw.where("store_id IS NULL").count()).isEqualTo(dirt.get("missing_store"));
    assertThat(raw.where("sold_at IS NULL").count()).isEqualTo(dirt.get("missing_time"));
    assertThat(raw.where("year(sold_at) = 1970").count()).isEqualTo(dirt.get("epoch_time"));
    assertThat(raw.where(col("sold_at").gt(SETTINGS.lastDate().plusDays(2))).count())
        .isEqualTo(dirt.get("future_date"));
    assertThat(
            raw.join(
                    table(Table.PRODUCTS),
                    raw.col("product_id").equalTo(table(Table.PRODUCTS).col("product_id")),
                    "left_anti")
                .count())
        .isEqualTo(dirt.get("unknown_product"));
    long doubles = raw.count() - raw.select("sale_id", "line_no").distinct().count();
    assertThat(doubles).isEqualTo(dirt.get("exact_duplicate") + dirt.get("conflicting_duplicate"));
    assertThat(raw.count() - raw.distinct().count()).isEqualTo(dirt.get("exact_duplicate"));
  }

  @Test
  void weekendsAreBusyAndShopsAreShutAtNight() {
    double saturday = sales.where("dayofweek(day) = 7").count();
    double tuesday = sales.where("dayofweek(day) = 3").count();
    assertThat(saturday / tuesday).isBetween(1.5, 5.0);
    assertThat(sales.where("channel = 'store' AND hour(local) NOT BETWEEN 7 AND 22").count())
        .isZero();
    assertThat(sales.select("time_zone").distinct().count()).isEqualTo(2);
  }

  @Test
  void categoriesFollowTheYear() {
    double cold = shareOf("Sorvetes", "month(day) IN (6, 7, 8)");
    double warm = shareOf("Sorvetes", "month(day) IN (12, 1, 2)");
    assertThat(warm / cold).isGreaterThan(1.6);
    double soupCold = shareOf("Sopas", "month(day) IN (6, 7, 8)");
    double soupWarm = shareOf("Sopas", "month(day) IN (12, 1, 2)");
    assertThat(soupCold / soupWarm).isGreaterThan(1.6);
  }

  @Test
  void promotionsLiftAsPlanned() {
    Dataset<Row> days =
        sales
            .where("quantity > 0")
            .groupBy("store_id", "product_id", "day")
            .agg(count(lit(1)).as("lines"));
    Dataset<Row> plan =
        table(Table.PROMOTIONS)
            .where("store_id IS NULL")
            .withColumn("length", expr("datediff(ends_on, starts_on) + 1"))
            .join(lake.truth().get("promotions"), new String[] {"promotion_id", "product_id"})
            .where(expr("starts_on >= DATE'2024-11-01' AND ends_on <= DATE'2025-08-31'"));
    // The same products in the promotion and in the four weeks around it.
    Row row =
        plan.join(days, "product_id")
            .agg(
                sum(expr("IF(day BETWEEN starts_on AND ends_on, lines, 0)")).as("during"),
                sum(expr(
                        "IF(day BETWEEN starts_on - 14 AND starts_on - 1"
                            + " OR day BETWEEN ends_on + 1 AND ends_on + 14, lines, 0)"))
                    .as("around"))
            .head();
    double promoted = plan.agg(sum("length")).head().getLong(0);
    double lift = (row.getLong(0) / promoted) / (row.getLong(1) / (28.0 * plan.count()));
    double planted = plan.agg(avg("lift")).head().getDouble(0);
    assertThat(lift).isCloseTo(planted, within(0.35 * planted));
    assertThat(table(Table.PROMOTIONS).where(col("ends_on").gt(SETTINGS.lastDate())).count())
        .isPositive();
  }

  @Test
  void nothingSellsWithoutStockOrOutsideItsLife() {
    Dataset<Row> out = table(Table.INVENTORY_DAILY).where("stock_out");
    assertThat(out.count()).isPositive();
    assertThat(
            sales
                .where("quantity > 0")
                .join(
                    out.withColumnRenamed("business_date", "day"),
                    new String[] {"store_id", "product_id", "day"})
                .count())
        .isZero();
    assertThat(sales.where("day < launched_on OR (quantity > 0 AND day > discontinued_on)").count())
        .isZero();
    assertThat(table(Table.PRODUCTS).where(col("launched_on").gt(SETTINGS.lastDate())).count())
        .isPositive();
    assertThat(table(Table.PRODUCTS).where("discontinued_on IS NOT NULL").count()).isPositive();
  }

  @Test
  void personasShopDifferently() {
    Map<String, Row> personas = new HashMap<>();
    for (Row row :
        sales
            .join(lake.truth().get("customers"), "customer_id")
            .groupBy(Truth.PERSONA)
            .agg(
                avg(expr("IF(channel = 'store', 0D, 1D)")),
                avg(expr("IF(discount > 0, 1D, 0D)")),
                avg(expr("hour(local) + 0D")),
                avg(expr("IF(department = 'Bebidas', 1D, 0D)")))
            .collectAsList()) {
      personas.put(row.getString(0), row);
    }
    assertThat(personas).hasSize(6);
    assertThat(personas.get("online_planner").getDouble(1)).isGreaterThan(0.7);
    assertThat(personas.get("senior_morning").getDouble(1)).isLessThan(0.1);
    assertThat(personas.get("bargain_hunter").getDouble(2))
        .isGreaterThan(1.3 * personas.get("after_work").getDouble(2));
    assertThat(personas.get("senior_morning").getDouble(3)).isLessThan(11);
    assertThat(personas.get("after_work").getDouble(3)).isGreaterThan(17);
    assertThat(personas.get("party_goer").getDouble(4)).isGreaterThan(0.3);
  }

  @Test
  void partnersComeAlong() {
    Dataset<Row> pairs = lake.truth().get("affinities");
    Dataset<Row> baskets = sales.where("quantity > 0").select("sale_id", "product_id");
    long with = baskets.join(pairs, "product_id").count();
    long both =
        baskets
            .join(pairs, "product_id")
            .join(
                baskets.toDF("sale_id", Truth.PARTNER_ID),
                new String[] {"sale_id", Truth.PARTNER_ID})
            .count();
    assertThat((double) both / with).isGreaterThan(0.15);
  }

  @Test
  void theTruthNamesWhatChanged() {
    assertThat(lake.truth().get("level_shifts").where("factor IN (0.5, 1.9)").count())
        .isPositive()
        .isEqualTo(lake.truth().get("level_shifts").count());
    assertThat(lake.truth().get("store_lives").where("kind = 'opened'").count())
        .isEqualTo(SETTINGS.stores());
    assertThat(lake.truth().get("promotions").where("cannibalised = 0.3").count()).isPositive();
    assertThat(lake.truth().get("customers").where("changed_on IS NOT NULL").count())
        .isBetween(10L, 60L);
  }

  @Test
  void returnsAreAFewNegativeLines() {
    assertThat(share("quantity < 0")).isBetween(0.001, 0.02);
  }

  static SampleSettings settings(long seed) {
    return new SampleSettings(
        seed, "2025-09-30", 365, 2, 80, 500, 40_000, 0.2, 0.01, 28, 6, 30, 0, 0);
  }

  private static Dataset<Row> table(Table table) {
    return lake.tables().get(table);
  }

  private static double share(String condition) {
    return raw.where(condition).count() / (double) raw.count();
  }

  private static double shareOf(String category, String when) {
    Dataset<Row> rows = sales.where(when);
    return rows.where(col("category").equalTo(category)).count() / (double) rows.count();
  }

  /** All rules in one pass over the rows. */
  private static List<String> brokenRules(Contract contract, Dataset<Row> rows) {
    List<Rule> rules = contract.rules();
    String[] verdicts =
        rules.stream()
            .map(
                rule ->
                    rule.scope() == Rule.Scope.ROW
                        ? "bool_and(coalesce(" + rule.expression() + ", false))"
                        : rule.expression())
            .toArray(String[]::new);
    Row row = rows.selectExpr(verdicts).head();
    return IntStream.range(0, verdicts.length)
        .filter(i -> !row.getBoolean(i))
        .mapToObj(i -> rules.get(i).name())
        .toList();
  }

  private static String fingerprint(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(c -> col(c)).toArray(Column[]::new);
    return rows.agg(count(lit(1)), sum(xxhash64(columns).cast("decimal(38,0)"))).head().toString();
  }
}
