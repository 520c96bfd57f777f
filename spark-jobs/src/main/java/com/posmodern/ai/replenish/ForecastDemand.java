package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.EXPECTED_DEMAND;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.LEAD_TIME_SPREAD;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRESENTATION_MINIMUM;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REORDER_LEVEL;
import static com.posmodern.ai.contract.Columns.SAFETY_STOCK;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.ReplenishmentSettings;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Demand of the days that an order has to last for: its mean, its variance, and the stock to hold.
 */
final class ForecastDemand {
  private static final String MEANS = "_means";
  private static final String VARIANCE = "_variance";

  /** A forecast's level is a mean of about so many days of the series. */
  static final double LEVEL_DAYS = 56;

  private static final int WEEK = 7;

  private static final long PLACES = 1L << 20;

  /** Spark has no expression for the quantile of a distribution. */
  private static final UserDefinedFunction LEVEL =
      udf(
          (UDF5<Double, Double, Double, Double, Double, Double>) OrderLevel::of,
          DataTypes.DoubleType);

  private ForecastDemand() {}

  /** One row per series: the model, and the means of the horizon as one array. */
  static Dataset<Row> bySeries(Dataset<Row> forecast) {
    return forecast
        .groupBy(STORE_ID, PRODUCT_ID)
        .agg(
            max(MODEL_VERSION).as(MODEL_VERSION),
            sort_array(collect_list(struct(col(HORIZON_DAYS), col(MEAN)))).as(MEANS));
  }

  /**
   * Adds expected demand, safety stock and reorder level of series with their terms.
   *
   * <p>The variance of the sum: days vary independently around the level, by the series' own
   * dispersion; the level itself has the same error on all days, as the backtest shows, and because
   * it was learned from a limited number of days.
   *
   * @param levelError the error that all days share
   */
  static Dataset<Row> withLevel(
      Dataset<Row> series,
      ReplenishmentInput input,
      LevelError.Known levelError,
      ReplenishmentSettings settings) {
    UserDefinedFunction squared =
        udf((UDF2<Double, Double, Double>) levelError::squared, DataTypes.DoubleType);
    Column days = datediff(col(COVERS_UNTIL), lit(input.asOf()));
    // Beyond the horizon the last week of the forecast goes on.
    Column beyond = greatest(days.minus(size(col(MEANS))), lit(0));
    Column week = least(size(col(MEANS)), lit(WEEK));
    Column mean =
        sumOf(filter(col(MEANS), day -> day.getField(HORIZON_DAYS).leq(days)))
            .plus(
                when(
                        beyond.gt(0),
                        sumOf(slice(col(MEANS), negate(week), week)).divide(week).multiply(beyond))
                    .otherwise(0.0));
    Column expected = col(EXPECTED_DEMAND);
    Column dispersion =
        coalesce(col(DemandVariation.DISPERSION), lit(settings.typicalDispersion()));
    Column learned =
        when(expected.gt(0), dispersion.multiply(days).divide(expected.multiply(LEVEL_DAYS)))
            .otherwise(0.0);
    return series
        .join(DemandVariation.of(input, settings), new String[] {STORE_ID, PRODUCT_ID}, "left")
        .withColumn(EXPECTED_DEMAND, round(mean, 6))
        .withColumn(
            VARIANCE,
            dispersion
                .multiply(expected)
                .plus(
                    learned
                        .plus(squared.apply(expected, col(SERVICE_LEVEL)))
                        .multiply(pow(expected, 2)))
                // A late delivery adds the demand of its days.
                .plus(pow(expected.divide(days).multiply(col(LEAD_TIME_SPREAD)), 2)))
        .withColumn(
            REORDER_LEVEL,
            greatest(
                LEVEL.apply(
                    expected,
                    col(VARIANCE),
                    col(SERVICE_LEVEL),
                    place(),
                    greatest(col(PACK_SIZE).cast("double"), col(MINIMUM_ORDER))),
                when(
                        col(PRESENTATION_MINIMUM).gt(0),
                        ceil(expected.plus(col(PRESENTATION_MINIMUM))).cast("double"))
                    .otherwise(0.0)))
        .withColumn(SAFETY_STOCK, round(greatest(col(REORDER_LEVEL).minus(expected), lit(0.0)), 6))
        .drop(MEANS, VARIANCE, DemandVariation.DISPERSION);
  }

  /** Of a series among all, from 0 to 1, the same every night. */
  static Column place() {
    return xxhash64(col(STORE_ID), col(PRODUCT_ID))
        .bitwiseAND(lit(PLACES - 1))
        .plus(0.5)
        .divide(PLACES);
  }

  private static Column sumOf(Column days) {
    return aggregate(days, lit(0.0), (sum, day) -> sum.plus(day.getField(MEAN)));
  }
}
