package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Running sums of one forecaster over judged days, from which every metric follows. Sums of two
 * parts add up to the sums of the whole.
 */
final class Accuracy implements Serializable {
  private static final long serialVersionUID = 1L;

  private double days;
  private double actuals;
  private double errors;
  private double absoluteErrors;
  private double squaredErrors;
  private double soldDays;
  private double percentageErrors;
  private double revenue;
  private double weightedScaledErrors;
  private double intervalDays;
  private double covered;
  private double winkler;
  private double below;
  private double above;
  private double lowerPossibleDays;
  private double belowPossible;
  private double quantileLosses;
  private double middleErrors;
  private double intervalActuals;

  /** One day. */
  void add(double actual, double mean) {
    double error = mean - actual;
    days++;
    actuals += actual;
    errors += error;
    absoluteErrors += Math.abs(error);
    squaredErrors += error * error;
    if (actual > 0) {
      soldDays++;
      percentageErrors += Math.abs(error) / actual;
    }
  }

  /**
   * The quantiles of one day.
   *
   * @param interval that they were made with
   */
  void addInterval(double actual, Interval.Quantiles ends, Interval interval) {
    boolean lowerPossible = interval.lowerPossible();
    intervalDays++;
    covered += ends.holds(actual) ? 1 : 0;
    winkler += ends.winkler(actual);
    below += actual < ends.p10() ? 1 : 0;
    above += actual > ends.p90() ? 1 : 0;
    lowerPossibleDays += lowerPossible ? 1 : 0;
    belowPossible += lowerPossible && actual < ends.p10() ? 1 : 0;
    quantileLosses += ends.quantileLoss(actual);
    middleErrors += Math.abs(actual - ends.p50());
    intervalActuals += actual;
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
      revenue += seriesRevenue;
      weightedScaledErrors += seriesRevenue * Math.sqrt(meanSquaredError / naiveError);
    }
  }

  Accuracy merge(Accuracy other) {
    days += other.days;
    actuals += other.actuals;
    errors += other.errors;
    absoluteErrors += other.absoluteErrors;
    squaredErrors += other.squaredErrors;
    soldDays += other.soldDays;
    percentageErrors += other.percentageErrors;
    revenue += other.revenue;
    weightedScaledErrors += other.weightedScaledErrors;
    intervalDays += other.intervalDays;
    covered += other.covered;
    winkler += other.winkler;
    below += other.below;
    above += other.above;
    lowerPossibleDays += other.lowerPossibleDays;
    belowPossible += other.belowPossible;
    quantileLosses += other.quantileLosses;
    middleErrors += other.middleErrors;
    intervalActuals += other.intervalActuals;
    return this;
  }

  double days() {
    return days;
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
   * Share of days below p10 among those of cells where zeros are rarer than {@link Interval#TAIL}.
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
    return ratio(2 * quantileLosses / 3, intervalActuals);
  }

  /** WAPE of p50: sum of absolute errors of the median ÷ sum of demand. */
  double medianWape() {
    return ratio(middleErrors, intervalActuals);
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : Double.NaN;
  }
}
