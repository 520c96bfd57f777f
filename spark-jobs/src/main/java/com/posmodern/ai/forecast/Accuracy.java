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

  /** The interval of one day. */
  void addInterval(double actual, Interval.Quantiles ends, double coverage) {
    intervalDays++;
    covered += ends.holds(actual) ? 1 : 0;
    winkler += ends.winkler(actual, coverage);
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

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : Double.NaN;
  }
}
