package com.posmodern.ai.behaviour.anomaly;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.ATTENDANCE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCOUNT_RATE;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.EVENT_NAME;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Incidents of the last days: per store, per store and category, per store and product.
 *
 * <p>Four measures of each series are judged: {@link Measure}. A run of days is one incident. What
 * a whole store explains is not said again of its categories and products, nor what a category
 * explains of its products.
 */
public final class DemandAnomalies {
  /** Levels from the whole to its parts. */
  static final String STORE = "STORE";

  static final String CATEGORIES = "CATEGORY";
  static final String PRODUCT = "PRODUCT";

  /** Item of a whole store. */
  static final String ALL = "ALL";

  /** Units sold before returns, as far as known. */
  private static final String SOLD = "sold";

  /** Value of what was sold, at shelf prices. */
  private static final String VALUE = "value";

  /** Discounts outside promotions, in money. */
  private static final String GIVEN_AWAY = "given_away";

  /** Category of a product that has none on record. */
  static final String UNKNOWN_CATEGORY = "UNKNOWN";

  private DemandAnomalies() {}

  /**
   * What the incidents are found in.
   *
   * @param demand features.daily_demand
   * @param forecasts results.demand_forecast of every night, with as_of_date
   * @param products product_id, category
   * @param arrivals ops.arrivals
   * @param events source.local_events
   */
  public record Input(
      Dataset<Row> demand,
      Optional<Dataset<Row>> forecasts,
      Dataset<Row> products,
      Optional<Dataset<Row>> arrivals,
      Optional<Dataset<Row>> events) {}

  /** Rows of {@code results.demand_anomalies} without the as-of date. */
  public static Dataset<Row> of(Input input, LocalDate asOf, AnomalySettings settings) {
    SeriesJudge judge = new SeriesJudge((int) asOf.toEpochDay(), settings);
    Dataset<Row> found =
        series(input, asOf, settings)
            .flatMap((FlatMapFunction<Row, Row>) judge::incidents, Encoders.row(SeriesJudge.ROW));
    return Incidents.withoutWhatTheWholeExplains(found, input.products());
  }

  /** One row per series: level, store, item, its days, those that are unknown, events nearby. */
  static Dataset<Row> series(Input input, LocalDate asOf, AnomalySettings settings) {
    Dataset<Row> days = byLevel(input, asOf, settings);
    Dataset<Row> series =
        days.groupBy(LEVEL, STORE_ID, ITEM_ID)
            .agg(
                collect_list(
                        struct(
                            unix_date(col(BUSINESS_DATE)),
                            col(DEMAND),
                            col(REVENUE),
                            col(MEAN),
                            col(P10),
                            col(P90),
                            col(ON_PROMOTION),
                            col(STOCK_OUT),
                            col(RETURNED),
                            col(VALUE),
                            col(GIVEN_AWAY),
                            col(UNIT_PRICE),
                            col(SOLD)))
                    .as("days"));
    return withStoreDays(series, input, asOf, settings);
  }

  /** One row per series and day on which something happened or was expected. */
  private static Dataset<Row> byLevel(Input input, LocalDate asOf, AnomalySettings settings) {
    Column recent =
        col(BUSINESS_DATE)
            .gt(lit(asOf.minusDays(settings.historyDays())))
            .and(col(BUSINESS_DATE).leq(lit(asOf)));
    // Where at least as much was returned as sold, demand is zero and does not tell how much.
    Column sold = when(col(DEMAND).gt(0), col(DEMAND).plus(col(RETURNED))).otherwise(0.0);
    Column value = coalesce(sold.multiply(col(UNIT_PRICE)), lit(0.0));
    Dataset<Row> happened =
        input
            .demand()
            .where(recent)
            .select(
                col(STORE_ID),
                col(PRODUCT_ID),
                col(BUSINESS_DATE),
                col(DEMAND),
                col(REVENUE),
                nothing().as(MEAN),
                nothing().as(P10),
                nothing().as(P90),
                when(col(ON_PROMOTION), col(DEMAND)).otherwise(0.0).as(ON_PROMOTION),
                when(col(STOCK_OUT), 1.0).otherwise(0.0).as(STOCK_OUT),
                col(RETURNED),
                sold.as(SOLD),
                value.as(VALUE),
                when(col(ON_PROMOTION), 0.0)
                    .otherwise(value.multiply(col(DISCOUNT_RATE)))
                    .as(GIVEN_AWAY),
                col(UNIT_PRICE));
    Dataset<Row> all =
        input
            .forecasts()
            .map(rows -> happened.unionByName(published(rows, asOf, settings)))
            .orElse(happened);
    return all.join(
            broadcast(input.products().select(PRODUCT_ID, CATEGORY)), usingProduct(), "left")
        .select(
            col(STORE_ID),
            col(BUSINESS_DATE),
            col(DEMAND),
            col(REVENUE),
            col(MEAN),
            col(P10),
            col(P90),
            col(ON_PROMOTION),
            col(STOCK_OUT),
            col(RETURNED),
            col(SOLD),
            col(VALUE),
            col(GIVEN_AWAY),
            col(UNIT_PRICE),
            explode(
                    array(
                        struct(lit(PRODUCT).as(LEVEL), col(PRODUCT_ID).as(ITEM_ID)),
                        struct(
                            lit(CATEGORIES).as(LEVEL),
                            coalesce(col(CATEGORY), lit(UNKNOWN_CATEGORY)).as(ITEM_ID)),
                        struct(lit(STORE).as(LEVEL), lit(ALL).as(ITEM_ID))))
                .as("of"))
        .select(
            "of.*",
            STORE_ID,
            BUSINESS_DATE,
            DEMAND,
            REVENUE,
            MEAN,
            P10,
            P90,
            ON_PROMOTION,
            STOCK_OUT,
            RETURNED,
            SOLD,
            VALUE,
            GIVEN_AWAY,
            UNIT_PRICE)
        // Neither quantiles nor prices add up.
        .withColumn(P10, when(col(LEVEL).equalTo(PRODUCT), col(P10)))
        .withColumn(P90, when(col(LEVEL).equalTo(PRODUCT), col(P90)))
        .withColumn(UNIT_PRICE, when(col(LEVEL).equalTo(PRODUCT), col(UNIT_PRICE)))
        .groupBy(LEVEL, STORE_ID, ITEM_ID, BUSINESS_DATE)
        .agg(
            sum(DEMAND).as(DEMAND),
            sum(REVENUE).as(REVENUE),
            sum(MEAN).as(MEAN),
            max(P10).as(P10),
            max(P90).as(P90),
            sum(ON_PROMOTION).as(ON_PROMOTION),
            sum(STOCK_OUT).as(STOCK_OUT),
            sum(RETURNED).as(RETURNED),
            sum(SOLD).as(SOLD),
            sum(VALUE).as(VALUE),
            sum(GIVEN_AWAY).as(GIVEN_AWAY),
            max(UNIT_PRICE).as(UNIT_PRICE));
  }

  private static String[] usingProduct() {
    return new String[] {PRODUCT_ID};
  }

  private static Column nothing() {
    return lit(null).cast("double");
  }

  /** For each judged day the newest forecast that was made before it. */
  private static Dataset<Row> published(
      Dataset<Row> forecasts, LocalDate asOf, AnomalySettings settings) {
    return forecasts
        .where(
            col(TARGET_DATE)
                .gt(lit(asOf.minusDays(settings.judgedDays())))
                .and(col(TARGET_DATE).leq(lit(asOf)))
                .and(col(AS_OF_DATE).lt(col(TARGET_DATE))))
        .groupBy(col(STORE_ID), col(PRODUCT_ID), col(TARGET_DATE).as(BUSINESS_DATE))
        .agg(max_by(struct(col(MEAN), col(P10), col(P90)), col(AS_OF_DATE)).as("newest"))
        .select(
            col(STORE_ID),
            col(PRODUCT_ID),
            col(BUSINESS_DATE),
            lit(0.0).as(DEMAND),
            lit(0.0).as(REVENUE),
            col("newest." + MEAN).as(MEAN),
            col("newest." + P10).as(P10),
            col("newest." + P90).as(P90),
            lit(0.0).as(ON_PROMOTION),
            lit(0.0).as(STOCK_OUT),
            lit(0.0).as(RETURNED),
            lit(0.0).as(SOLD),
            lit(0.0).as(VALUE),
            lit(0.0).as(GIVEN_AWAY),
            nothing().as(UNIT_PRICE));
  }

  /** Adds the store's days without complete sales, and those with an event nearby. */
  private static Dataset<Row> withStoreDays(
      Dataset<Row> series, Input input, LocalDate asOf, AnomalySettings settings) {
    Dataset<Row> noStore = input.demand().select(STORE_ID).limit(0);
    Dataset<Row> unknown =
        perStore(
            input
                .arrivals()
                .map(
                    rows ->
                        rows.where(
                            col(STATE)
                                .notEqual("open")
                                .and(
                                    col(BUSINESS_DATE)
                                        .gt(lit(asOf.minusDays(settings.historyDays())))))),
            "unknown",
            "business_date:int,state:string",
            noStore,
            unix_date(col(BUSINESS_DATE)),
            col(STATE));
    Dataset<Row> events =
        perStore(
            input
                .events()
                .map(
                    rows ->
                        rows.where(
                            col(ENDS_ON)
                                .gt(lit(asOf.minusDays(settings.judgedDays())))
                                .and(col(STARTS_ON).leq(lit(asOf))))),
            "events",
            "starts:int,ends:int,name:string,attendance:double",
            noStore,
            unix_date(col(STARTS_ON)),
            unix_date(col(ENDS_ON)),
            col(EVENT_NAME),
            col(ATTENDANCE).cast("double"));
    return series
        .join(broadcast(unknown), new String[] {STORE_ID}, "left")
        .join(broadcast(events), new String[] {STORE_ID}, "left")
        .select(LEVEL, STORE_ID, ITEM_ID, "days", "unknown", "events");
  }

  /**
   * The rows of each store as one set of structs.
   *
   * @param fields of the structs, for a lake without the table
   * @param noStore store_id, no row
   */
  private static Dataset<Row> perStore(
      Optional<Dataset<Row>> rows,
      String name,
      String fields,
      Dataset<Row> noStore,
      Column... columns) {
    return rows.map(found -> found.groupBy(STORE_ID).agg(collect_set(struct(columns)).as(name)))
        .orElseGet(
            () -> noStore.withColumn(name, lit(null).cast("array<struct<%s>>".formatted(fields))));
  }
}
