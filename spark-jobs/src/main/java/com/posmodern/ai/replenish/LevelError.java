package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far the level of a forecast is off, beside the chance of single days: the squared coefficient
 * of variation of the error that all days of a period share.
 *
 * <p>For a period with forecasts m and errors e, E[(Σe)²] = Σ E[e²] + c² ((Σm)² - Σm²) where the
 * level errs by a factor of variance c² and days are independent otherwise. So c² is what the
 * squared error of the sum exceeds the sum of the squared errors by, over that bracket, pooled over
 * the series and origins of the backtest.
 */
final class LevelError {
  private static final String PERIOD = "_period";
  private static final String EXCESS = "_excess";
  private static final String COMMON = "_common";
  private static final String SUM = "_sum";

  /** Squared level error that the weights of the periods assume; they need not be exact. */
  private static final double TYPICAL = 0.01;

  private LevelError() {}

  /**
   * Squared coefficient of variation of the level's error.
   *
   * @param backtest rows of {@code models.forecast_backtest}
   * @param days length of the periods
   * @return 0 where the backtest is empty or its errors share nothing
   */
  static double squaredVariation(Dataset<Row> backtest, int days) {
    Column error = col(ACTUAL).minus(col(MEAN));
    Dataset<Row> periods =
        backtest
            .groupBy(
                col(STORE_ID),
                col(PRODUCT_ID),
                col(ORIGIN),
                floor(col(HORIZON_DAYS).minus(1).divide(days)).as(PERIOD))
            .agg(
                sum(MEAN).as(SUM),
                pow(sum(error), 2).minus(sum(pow(error, 2))).as(EXCESS),
                pow(sum(MEAN), 2).minus(sum(pow(col(MEAN), 2))).as(COMMON))
            .where(col(SUM).gt(0));
    // The noise of the excess grows with the variance of the sum: the weight of a period is one
    // over its square.
    Column variance = col(SUM).plus(pow(col(SUM), 2).multiply(TYPICAL));
    Row sums =
        periods
            .agg(
                round(sum(col(EXCESS).divide(pow(variance, 2))), 9),
                round(sum(col(COMMON).divide(pow(variance, 2))), 9))
            .first();
    boolean judged = !sums.isNullAt(1) && sums.getDouble(1) > 0;
    return judged ? Math.max(0, sums.getDouble(0) / sums.getDouble(1)) : 0;
  }
}
