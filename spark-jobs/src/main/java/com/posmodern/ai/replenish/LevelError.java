package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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

  private final NavigableMap<LocalDate, OfOrigin> origins;
  private final int horizon;

  private LevelError(NavigableMap<LocalDate, OfOrigin> origins, int horizon) {
    this.origins = origins;
    this.horizon = horizon;
  }

  /**
   * What one origin of the backtest says.
   *
   * @param excess weighted squared error of the sums beyond that of the days
   * @param common what a level error of one would make of it
   */
  private record OfOrigin(double excess, double common) {}

  private static double squaredVariation(Collection<OfOrigin> origins) {
    double excess = origins.stream().mapToDouble(OfOrigin::excess).sum();
    double common = origins.stream().mapToDouble(OfOrigin::common).sum();
    return common > 0 ? Math.max(0, excess / common) : 0;
  }

  /** Squared coefficient of variation of the level's error, 0 where the errors share nothing. */
  double squaredVariation() {
    return squaredVariation(origins.values());
  }

  /** As known on that day: from earlier origins whose days were all over. */
  double knownOn(LocalDate day) {
    return squaredVariation(origins.headMap(day.minusDays(horizon), true).values());
  }

  /** The origins of the backtest, the oldest first. */
  List<LocalDate> origins() {
    return List.copyOf(origins.keySet());
  }

  /**
   * Reads the errors of a backtest.
   *
   * @param backtest rows of {@code models.forecast_backtest}
   * @param days length of the periods
   */
  static LevelError of(Dataset<Row> backtest, int days) {
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
                max(HORIZON_DAYS).as(HORIZON_DAYS),
                pow(sum(error), 2).minus(sum(pow(error, 2))).as(EXCESS),
                pow(sum(MEAN), 2).minus(sum(pow(col(MEAN), 2))).as(COMMON));
    // The noise of the excess grows with the variance of the sum: the weight of a period is one
    // over its square.
    Column variance = col(SUM).plus(pow(col(SUM), 2).multiply(TYPICAL));
    Column weight = when(col(SUM).gt(0), pow(variance, -2)).otherwise(0.0);
    NavigableMap<LocalDate, OfOrigin> origins = new TreeMap<>();
    int horizon = 0;
    for (Row row :
        periods
            .groupBy(ORIGIN)
            .agg(
                round(sum(col(EXCESS).multiply(weight)), 9),
                round(sum(col(COMMON).multiply(weight)), 9),
                max(HORIZON_DAYS))
            .collectAsList()) {
      origins.put(row.getDate(0).toLocalDate(), new OfOrigin(row.getDouble(1), row.getDouble(2)));
      horizon = Math.max(horizon, row.getInt(3));
    }
    return new LevelError(origins, horizon);
  }
}
