package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LEAD_TIME_SPREAD;
import static com.posmodern.ai.contract.Columns.MAXIMUM_STOCK;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ORDER_DAYS;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.SHELF_LIFE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Had the advice been followed: from each origin of the forecast's backtest, with what was known on
 * that day, the shelf of each of its series is simulated under the order rule and under the
 * baseline, "order up to the mean of the last 28 days × cover", with one cover after the other.
 * Both know the demand up to the origin, the stock of every day, and the same terms of supply.
 *
 * <p>Demand is what was sold: on sold-out days more was wanted, which nobody knows.
 */
final class OrderBacktest {
  /**
   * The baseline's covers range from the days between orders plus the lead time to this many days
   * more.
   */
  static final int MOST_MORE_DAYS = 28;

  static final String DAYS = "_days";
  static final String USUAL = "_usual";
  static final String PLACE = "_place";

  private static final String SOLD = "_sold";
  private static final String UNKNOWN = "_unknown";
  private static final int MEAN_DAYS = 28;

  private OrderBacktest() {}

  /** Rows of {@code results.order_backtest} without the as-of date. */
  static Dataset<Row> of(
      Dataset<Row> shelves,
      Map<LocalDate, LevelError.Known> levelErrors,
      ReplenishmentSettings settings) {
    FlatMapFunction<Row, Row> simulate = new ShelfBacktest(settings.reviewDays(), levelErrors);
    return OrderBacktestSums.of(shelves.flatMap(simulate, Encoders.row(OrderBacktestSums.SHELF)));
  }

  /**
   * One row per series and origin of the forecast's backtest: its days, its terms of supply, and
   * what was known of its demand on that day. Empty without a backtest.
   */
  static Optional<Dataset<Row>> shelves(ReplenishmentInput input, ReplenishmentSettings settings) {
    return knownBefore(input, settings).map(known -> shelves(known, input, settings));
  }

  private static Dataset<Row> shelves(
      Dataset<Row> known, ReplenishmentInput input, ReplenishmentSettings settings) {
    return OrderTerms.with(paths(input), input, settings)
        .join(known, keys(), "left")
        .select(
            col(MODEL_VERSION),
            col(STORE_ID),
            col(PRODUCT_ID),
            col(ORIGIN),
            col(DEMAND_CLASS),
            col(DAYS),
            coalesce(col(USUAL), lit(0.0)).as(USUAL),
            coalesce(col(DemandVariation.DISPERSION), lit(settings.typicalDispersion()))
                .as(DemandVariation.DISPERSION),
            ForecastDemand.place().as(PLACE),
            col(PACK_SIZE),
            col(LEAD_TIME),
            col(LEAD_TIME_SPREAD),
            col(ORDER_DAYS),
            col(MINIMUM_ORDER),
            col(MAXIMUM_STOCK),
            col(PRESENTATION_MINIMUM),
            col(SHELF_LIFE),
            col(SERVICE_LEVEL),
            col(UNIT_COST));
  }

  /** One row per series and origin: forecast and demand of the days after it. */
  private static Dataset<Row> paths(ReplenishmentInput input) {
    return input
        .backtest()
        .orElseThrow()
        .groupBy(STORE_ID, PRODUCT_ID, ORIGIN)
        .agg(
            max(MODEL_VERSION).as(MODEL_VERSION),
            max(DEMAND_CLASS).as(DEMAND_CLASS),
            sort_array(collect_list(struct(col(HORIZON_DAYS), col(MEAN), col(ACTUAL)))).as(DAYS));
  }

  /** What each origin knew of each series. */
  private static Optional<Dataset<Row>> knownBefore(
      ReplenishmentInput input, ReplenishmentSettings settings) {
    List<Row> origins =
        input
            .backtest()
            .map(rows -> rows.select(ORIGIN).distinct().orderBy(ORIGIN).collectAsList())
            .orElse(List.of());
    return origins.stream()
        .map(row -> row.getDate(0).toLocalDate())
        .map(
            origin -> {
              ReplenishmentInput then = input.asOf(origin);
              return DemandVariation.of(then, settings)
                  .join(means(then), new String[] {STORE_ID, PRODUCT_ID}, "left")
                  .withColumn(ORIGIN, lit(origin));
            })
        .reduce(Dataset::unionByName);
  }

  /** Mean daily demand of the last 28 days, without those on which the product was sold out. */
  private static Dataset<Row> means(ReplenishmentInput input) {
    Column unknown = col(UNKNOWN).cast("double");
    return input
        .dailyDemand()
        .where(
            col(BUSINESS_DATE)
                .between(lit(input.asOf().minusDays(MEAN_DAYS - 1)), lit(input.asOf())))
        .groupBy(STORE_ID, PRODUCT_ID)
        .agg(
            sum(when(not(col(STOCK_OUT)), col(DEMAND)).otherwise(0.0)).as(SOLD),
            count_if(col(STOCK_OUT)).as(UNKNOWN))
        .select(
            col(STORE_ID),
            col(PRODUCT_ID),
            col(SOLD).divide(greatest(lit(MEAN_DAYS).minus(unknown), lit(1.0))).as(USUAL));
  }

  private static String[] keys() {
    return List.of(STORE_ID, PRODUCT_ID, ORIGIN).toArray(String[]::new);
  }
}
