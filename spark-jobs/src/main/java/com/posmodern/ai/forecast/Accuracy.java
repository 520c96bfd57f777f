package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.ForecastInterval;
import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;

/**
 * Running sums of one forecaster over judged days, from which every metric follows. Sums of two
 * parts add up to the sums of the whole, to the last bit in whatever order.
 */
final class Accuracy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ExactSum days = new ExactSum();
  private final ExactSum actuals = new ExactSum();
  private final ExactSum errors = new ExactSum();
  private final ExactSum absoluteErrors = new ExactSum();
  private final ExactSum squaredErrors = new ExactSum();
  private final ExactSum soldDays = new ExactSum();
  private final ExactSum percentageErrors = new ExactSum();
  private final ExactSum revenue = new ExactSum();
  private final ExactSum weightedScaledErrors = new ExactSum();
  private final ExactSum intervalDays = new ExactSum();
  private final ExactSum covered = new ExactSum();
  private final ExactSum winkler = new ExactSum();
  private final ExactSum below = new ExactSum();
  private final ExactSum above = new ExactSum();
  private final ExactSum lowerPossibleDays = new ExactSum();
  private final ExactSum belowPossible = new ExactSum();
  private final ExactSum quantileLosses = new ExactSum();
  private final ExactSum middleErrors = new ExactSum();
  private final ExactSum intervalActuals = new ExactSum();

  /** One day. */
  void add(double actual, double mean) {
    double error = mean - actual;
    days.add(1);
    actuals.add(actual);
    errors.add(error);
    absoluteErrors.add(Math.abs(error));
    squaredErrors.add(error * error);
    if (actual > 0) {
      soldDays.add(1);
      percentageErrors.add(Math.abs(error) / actual);
    }
  }

  /**
   * The quantiles of one day.
   *
   * @param interval that they were made with
   */
  void addInterval(double actual, Interval.Quantiles ends, Interval interval) {
    boolean lowerPossible = interval.lowerPossible();
    intervalDays.add(1);
    covered.add(ends.holds(actual) ? 1 : 0);
    winkler.add(ends.winkler(actual));
    below.add(actual < ends.p10() ? 1 : 0);
    above.add(actual > ends.p90() ? 1 : 0);
    lowerPossibleDays.add(lowerPossible ? 1 : 0);
    belowPossible.add(lowerPossible && actual < ends.p10() ? 1 : 0);
    quantileLosses.add(ends.quantileLoss(actual));
    middleErrors.add(Math.abs(actual - ends.p50()));
    intervalActuals.add(actual);
  }

  /**
   * One series from one origin: its RMSSE weighs as much as its revenue.
   *
   * @param meanSquaredError over the judged days of the horizon
   * @param naiveError mean squared one-step naive error before the origin; not counted unless
   *     positive, as M5 has no such series
   */
  void addSeries(double meanSquaredError, double naiveError, double seriesRevenue) {
    if (naiveError > 0 && !Double.isNaN(meanSquaredError)) {
      revenue.add(seriesRevenue);
      weightedScaledErrors.add(seriesRevenue * Math.sqrt(meanSquaredError / naiveError));
    }
  }

  Accuracy merge(Accuracy other) {
    days.add(other.days);
    actuals.add(other.actuals);
    errors.add(other.errors);
    absoluteErrors.add(other.absoluteErrors);
    squaredErrors.add(other.squaredErrors);
    soldDays.add(other.soldDays);
    percentageErrors.add(other.percentageErrors);
    revenue.add(other.revenue);
    weightedScaledErrors.add(other.weightedScaledErrors);
    intervalDays.add(other.intervalDays);
    covered.add(other.covered);
    winkler.add(other.winkler);
    below.add(other.below);
    above.add(other.above);
    lowerPossibleDays.add(other.lowerPossibleDays);
    belowPossible.add(other.belowPossible);
    quantileLosses.add(other.quantileLosses);
    middleErrors.add(other.middleErrors);
    intervalActuals.add(other.intervalActuals);
    return this;
  }

  double days() {
    return days.value();
  }

  /** Root mean squared error, in sales units. */
  double rmse() {
    return Math.sqrt(ratio(squaredErrors, days));
  }

  /** Mean absolute error, in sales units. */
  double mae() {
    return ratio(absoluteErrors, days);
  }

  /**
   * Mean absolute percentage error as a ratio, over days with demand: elsewhere it is undefined.
   */
  double mape() {
    return ratio(percentageErrors, soldDays);
  }

  /** Sum of absolute errors ÷ sum of demand. */
  double wape() {
    return ratio(absoluteErrors, actuals);
  }

  /** Sum of (forecast - demand) ÷ sum of demand: over 0 is too much. */
  double bias() {
    return ratio(errors, actuals);
  }

  /** RMSSE of the series, weighted by revenue. */
  double wrmsse() {
    return ratio(weightedScaledErrors, revenue);
  }

  /** Share of days within the interval. */
  double coverage() {
    return ratio(covered, intervalDays);
  }

  /** Mean Winkler score, in sales units. */
  double winkler() {
    return ratio(winkler, intervalDays);
  }

  /** Share of days below p10. */
  double missesBelow() {
    return ratio(below, intervalDays);
  }

  /** Share of days above p90. */
  double missesAbove() {
    return ratio(above, intervalDays);
  }

  /**
   * Share of days below p10 among those of cells where zeros are rarer than {@link
   * ForecastInterval#TAIL}.
   */
  double missesBelowWherePossible() {
    return ratio(belowPossible, lowerPossibleDays);
  }

  /**
   * Weighted quantile loss, the mean of the three quantiles: 2 × sum of losses ÷ sum of demand
   * (Gasthaus et al., "Probabilistic forecasting with spline quantile function RNNs", AISTATS
   * 2019).
   */
  double weightedQuantileLoss() {
    return 2 * ratio(quantileLosses, intervalActuals) / 3;
  }

  /** WAPE of p50: sum of absolute errors of the median ÷ sum of demand. */
  double medianWape() {
    return ratio(middleErrors, intervalActuals);
  }

  private static double ratio(ExactSum part, ExactSum whole) {
    return whole.value() > 0 ? part.value() / whole.value() : Double.NaN;
  }
}
