package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.ACTUAL;
import static com.posmodern.ai.contract.Columns.MEAN;
import static com.posmodern.ai.contract.Columns.ORIGIN;
import static com.posmodern.ai.contract.Columns.SCOPE;
import static com.posmodern.ai.contract.Columns.SERIES;
import static com.posmodern.ai.contract.Columns.TARGET_DATE;
import static com.posmodern.ai.contract.ForecastInterval.NORMAL_QUANTILE;
import static com.posmodern.ai.contract.ForecastInterval.TAIL;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * How sums of forecasts erred on the days of a backtest.
 *
 * @param shared squared coefficient of variation of the error that the series of a product, or of a
 *     category, share on a day, by scope; none where they share nothing
 * @param stretches what the quantiles of the assumed distribution were off, by scope and size
 */
record SumErrors(Map<String, Double> shared, List<Stretch> stretches) {
  /** Nothing was ever judged: series err apart, and the assumed distribution stands. */
  static final SumErrors NONE = new SumErrors(Map.of(), List.of());

  private static final String SIZE = "_size";
  private static final String ROWS = "_rows";
  private static final String BELOW = "_below";
  private static final String ABOVE = "_above";
  private static final String ERROR_SQUARES = "_error_squares";
  private static final String TOGETHER = "_together";
  private static final String POSSIBLE = "_possible";

  /** Smaller sums say more about chance than about what their series share. */
  private static final double LEAST_SUM = 0.5;

  /** Sums of fewer units a day have too few values for a side to be stretched. */
  private static final double[] SIZES = {2, 10, 50};

  /** With fewer days the assumed distribution stands; it weighs as much as so many days. */
  private static final int FEWEST_DAYS = 200;

  private static final double LARGEST_STRETCH = 3;

  /**
   * Factors on the distance from the mean to p10 and to p90, for sums of one scope and size.
   *
   * @param size from which of {@link #SIZES} on the sum is, counted from 1
   */
  record Stretch(String scope, int size, double below, double above) {}

  /**
   * From the days of a backtest, each scope apart.
   *
   * @param backtest rows of {@code models.forecast_backtest}
   */
  static SumErrors of(Dataset<Row> backtest, Dataset<Row> products) {
    Dataset<Row> days =
        TotalDemand.summed(
                TotalDemand.byItem(backtest, products),
                List.of(col(ORIGIN), col(TARGET_DATE)),
                List.of(
                    sum(ACTUAL).as(ACTUAL),
                    round(sum(pow(col(ACTUAL).minus(col(MEAN)), 2)), 6).as(ERROR_SQUARES)))
            .where(col(SERIES).gt(1).and(col(MEAN).gt(LEAST_SUM)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Map<String, Double> shared = shared(days);
      return new SumErrors(shared, stretches(TotalDemand.withShared(days, shared)));
    } finally {
      days.unpersist();
    }
  }

  /** Factor on the distance from the mean of a sum to its p10. */
  Column below() {
    return factor(Stretch::below);
  }

  /** Factor on the distance from the mean of a sum to its p90. */
  Column above() {
    return factor(Stretch::above);
  }

  private Column factor(ToDoubleFunction<Stretch> side) {
    Column factor = lit(1.0);
    for (Stretch one : stretches) {
      Column here = col(SCOPE).equalTo(one.scope()).and(size().equalTo(one.size()));
      factor = when(here, side.applyAsDouble(one)).otherwise(factor);
    }
    return factor;
  }

  private static Column size() {
    Column size = lit(0);
    for (int i = 0; i < SIZES.length; i++) {
      size = when(col(MEAN).geq(SIZES[i]), i + 1).otherwise(size);
    }
    return size;
  }

  /**
   * Of each day's error ÷ the assumed distance to the quantile, the one that a tenth of the days
   * exceed: each side on its own, since a forecast that is too low on average misses above only
   * (conformal calibration: Romano, Patterson and Candès, "Conformalized quantile regression",
   * NeurIPS 2019). Rounded, so that a cell holds few values however many sums there are.
   */
  private static List<Stretch> stretches(Dataset<Row> days) {
    Column error = col(ACTUAL).minus(col(MEAN));
    Column toLow = greatest(TotalDemand.distance(-NORMAL_QUANTILE).multiply(-1), lit(LEAST_SUM));
    Column toHigh = greatest(TotalDemand.distance(NORMAL_QUANTILE), lit(LEAST_SUM));
    List<Row> cells =
        days.where(col(MEAN).geq(SIZES[0]))
            .groupBy(col(SCOPE), size().as(SIZE))
            .agg(
                count(lit(1)).as(ROWS),
                percentile(round(error.divide(toLow).multiply(-1), 2), lit(1 - TAIL)).as(BELOW),
                percentile(round(error.divide(toHigh), 2), lit(1 - TAIL)).as(ABOVE))
            .where(col(ROWS).geq(FEWEST_DAYS))
            .orderBy(SCOPE, SIZE)
            .collectAsList();
    List<Stretch> stretches = new ArrayList<>(cells.size());
    for (Row cell : cells) {
      double weight = cell.<Long>getAs(ROWS) / (double) (cell.<Long>getAs(ROWS) + FEWEST_DAYS);
      stretches.add(
          new Stretch(
              cell.getAs(SCOPE),
              cell.<Integer>getAs(SIZE),
              shrunk(cell.<Double>getAs(BELOW), weight),
              shrunk(cell.<Double>getAs(ABOVE), weight)));
    }
    return stretches;
  }

  private static double shrunk(double stretch, double weight) {
    return 1 - weight + weight * Math.min(LARGEST_STRETCH, Math.max(0, stretch));
  }

  /**
   * E[(Σe)²] - Σ E[e²] ÷ ((Σm)² - Σm²), pooled over the days of a backtest: see {@link
   * TotalDemand}.
   */
  private static Map<String, Double> shared(Dataset<Row> days) {
    Column weight = pow(col(MEAN), -2);
    Column error = col(ACTUAL).minus(col(MEAN));
    Column together = weight.multiply(pow(error, 2).minus(col(ERROR_SQUARES)));
    Column possible = weight.multiply(pow(col(MEAN), 2).minus(col(TotalDemand.SQUARES)));
    List<Row> scopes =
        days.groupBy(SCOPE)
            .agg(round(sum(together), 6).as(TOGETHER), round(sum(possible), 6).as(POSSIBLE))
            .collectAsList();
    Map<String, Double> errors = new HashMap<>();
    for (Row scope : scopes) {
      double shared = scope.<Double>getAs(TOGETHER);
      double most = scope.<Double>getAs(POSSIBLE);
      if (shared > 0 && most > 0) {
        errors.put(scope.getAs(SCOPE), shared / most);
      }
    }
    return errors;
  }
}
