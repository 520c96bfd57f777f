package com.posmodern.ai.behaviour.anomaly;

/**
 * What was expected of a day.
 *
 * @param centre expected demand
 * @param lower 10 % quantile
 * @param upper 90 % quantile
 * @param scale standard deviation that a deviation is measured in
 * @param basis where the centre comes from
 */
record Expectation(double centre, double lower, double upper, double scale, Basis basis) {
  /** Half the width of a normal 80 % interval, in standard deviations. */
  static final double QUANTILE_90 = 1.2816;

  /** Where an expectation comes from. */
  enum Basis {
    /** The forecast that an earlier night published for the day. */
    FORECAST,
    /** The same weekdays of the weeks before, as no earlier night has published the day. */
    HISTORY
  }

  double deviations(double demand) {
    return (demand - centre) / scale;
  }
}
