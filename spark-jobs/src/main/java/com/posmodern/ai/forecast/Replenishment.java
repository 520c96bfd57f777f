package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.ORDER_QUANTITY;
import static com.posmodern.ai.contract.Columns.ORDER_UP_TO;
import static com.posmodern.ai.contract.Columns.P10;
import static com.posmodern.ai.contract.Columns.P90;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SAFETY_STOCK;
import static com.posmodern.ai.contract.Columns.STOCK_COVER;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ForecastSettings;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Order advice by the periodic order-up-to policy (R, S): every review period, order up to what is
 * expected to sell until the next order has arrived, plus safety stock (Silver, Pyke and Thomas,
 * "Inventory and Production Management in Supply Chains", 4th edition, chapter 6).
 *
 * <p>Reasons: {@code no_demand}, {@code stock_unknown} (the advice is the level itself), {@code
 * out_of_stock}, {@code below_expected_demand}, {@code below_safety_stock}, {@code enough_stock}.
 */
public final class Replenishment {
  /** Width of the 80 % interval of a normal distribution, in standard deviations. */
  private static final double INTERVAL_WIDTH = 2 * 1.2816;

  private static final String VARIANCE = "variance";

  private Replenishment() {}

  /**
   * Rows of {@code results.replenishment_advice} without the as-of date, one per store × product
   * that is forecast.
   *
   * @param forecast rows of {@code results.demand_forecast}
   * @param inventory without it, or without a row of the as-of date, the stock is unknown
   */
  public static Dataset<Row> advise(
      Dataset<Row> forecast,
      Dataset<Row> products,
      Optional<Dataset<Row>> inventory,
      LocalDate asOf,
      ForecastSettings.Replenishment settings) {
    Dataset<Row> stocked =
        withStock(levels(forecast, settings), inventory, asOf)
            .join(
                products.select(PRODUCT_ID, PACK_SIZE).dropDuplicates(PRODUCT_ID),
                new String[] {PRODUCT_ID},
                "left");
    Column level = ceil(round(col(EXPECTED_DEMAND).plus(col(SAFETY_STOCK)), 6));
    Column pack = coalesce(col(PACK_SIZE), lit(settings.defaultPackSize()));
    Column missing = greatest(lit(0.0), level.minus(coalesce(col(ON_HAND), lit(0.0))));
    Column dailyDemand =
        col(EXPECTED_DEMAND).divide(settings.reviewDays() + settings.leadTimeDays());
    return stocked.select(
        col(MODEL_VERSION),
        col(STORE_ID),
        col(PRODUCT_ID),
        col(ON_HAND),
        lit(settings.leadTimeDays()).as(LEAD_TIME),
        col(EXPECTED_DEMAND),
        col(SAFETY_STOCK),
        level.cast(DataTypes.DoubleType).as(ORDER_UP_TO),
        ceil(missing.divide(pack)).multiply(pack).cast(DataTypes.DoubleType).as(ORDER_QUANTITY),
        when(dailyDemand.gt(0), round(col(ON_HAND).divide(dailyDemand), 2)).as(STOCK_COVER),
        reason(level).as(REASON));
  }

  /** Expected demand and safety stock over review period and lead time, days being independent. */
  private static Dataset<Row> levels(
      Dataset<Row> forecast, ForecastSettings.Replenishment settings) {
    double factor = new NormalDistribution().inverseCumulativeProbability(settings.serviceLevel());
    // Demand varies at least like a Poisson process, however narrow a rounded interval is.
    Column variance =
        greatest(col(MEAN), pow(col(P90).minus(col(P10)).divide(INTERVAL_WIDTH), lit(2)));
    return forecast
        .where(col(HORIZON_DAYS).leq(settings.reviewDays() + settings.leadTimeDays()))
        .groupBy(STORE_ID, PRODUCT_ID)
        .agg(
            max(MODEL_VERSION).as(MODEL_VERSION),
            round(sum(MEAN), 6).as(EXPECTED_DEMAND),
            sum(variance).as(VARIANCE))
        .withColumn(SAFETY_STOCK, round(sqrt(col(VARIANCE)).multiply(factor), 6));
  }

  private static Dataset<Row> withStock(
      Dataset<Row> levels, Optional<Dataset<Row>> inventory, LocalDate asOf) {
    if (inventory.isEmpty()) {
      return levels.withColumn(ON_HAND, lit(null).cast(DataTypes.DoubleType));
    }
    Dataset<Row> stock =
        inventory
            .get()
            .where(col(BUSINESS_DATE).equalTo(lit(java.sql.Date.valueOf(asOf))))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(max(col(ON_HAND).cast(DataTypes.DoubleType)).as(ON_HAND));
    return levels.join(stock, new String[] {STORE_ID, PRODUCT_ID}, "left");
  }

  private static Column reason(Column level) {
    return when(level.leq(0), "no_demand")
        .when(col(ON_HAND).isNull(), "stock_unknown")
        .when(col(ON_HAND).geq(level), "enough_stock")
        .when(col(ON_HAND).leq(0), "out_of_stock")
        .when(col(ON_HAND).lt(col(EXPECTED_DEMAND)), "below_expected_demand")
        .otherwise("below_safety_stock");
  }
}
