package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.ForecastInterval.NORMAL_QUANTILE;
import static com.posmodern.ai.contract.ForecastInterval.TAIL;

import java.io.Serializable;

/**
 * Offsets from the forecast to its 10 %, 50 % and 90 % quantile, in units of the forecast's spread;
 * what {@code models.forecast_intervals} keeps per demand class, week of the horizon and size of
 * the forecast.
 *
 * @param lower {@link #ZERO} where no quantile above zero can be right, since zero alone is as
 *     frequent as the quantile's level; so with the others
 * @param rows days that the offsets were calibrated on; 0 for the assumed ones
 */
record Interval(double lower, double middle, double upper, long rows) implements Serializable {
  /** Offset of a quantile that is zero whatever the forecast. */
  static final double ZERO = -1e6;

  /** Where nothing was ever judged: the normal distribution's 10, 50 and 90 %. */
  static final Interval ASSUMED = new Interval(-NORMAL_QUANTILE, 0, NORMAL_QUANTILE, 0);

  /** Below this the spread no longer shrinks with the forecast. */
  private static final double SMALLEST_MEAN = 0.05;

  /**
   * The spread of demand around its forecast: the standard deviation of a Poisson process of that
   * mean, widened by how much more the series varied so far.
   *
   * @param dispersion variance ÷ mean, at least 1
   */
  static double spread(double mean, double dispersion) {
    return Math.sqrt(Math.max(mean, SMALLEST_MEAN) * dispersion);
  }

  /** True when days may lie below p10. */
  boolean lowerPossible() {
    return lower > ZERO;
  }

  /**
   * The quantiles of one forecast, in sales units: never negative, never crossing.
   *
   * @param units that the series is sold in
   */
  Quantiles around(double mean, double dispersion, Units units) {
    double spread = spread(mean, dispersion);
    double low = units.lowerEnd(mean, spread, lower);
    double high = units.upperEnd(mean, spread, upper);
    double mid = units.upperEnd(mean, spread, middle);
    if (low > high) {
      // No whole number inside: the nearest one.
      double middleOfEnds = mean + (lower + upper) / 2 * spread;
      low = units == Units.WHOLE ? Math.max(0, Math.rint(middleOfEnds)) : high;
      high = low;
    }
    return new Quantiles(low, Math.min(high, Math.max(low, mid)), high);
  }

  /** 10 %, 50 % and 90 % quantile in sales units. */
  record Quantiles(double p10, double p50, double p90) {
    boolean holds(double actual) {
      return p10 <= actual && actual <= p90;
    }

    /**
     * Winkler's interval score: width, plus a fine for every unit that the demand lies outside
     * (Winkler, "A decision-theoretic approach to interval estimation", JASA 67, 1972).
     */
    double winkler(double actual) {
      double outside = Math.max(0, Math.max(p10 - actual, actual - p90));
      return p90 - p10 + 1 / TAIL * outside;
    }

    /** Sum of the three quantile losses. */
    double quantileLoss(double actual) {
      return loss(actual, p10, TAIL) + loss(actual, p50, 0.5) + loss(actual, p90, 1 - TAIL);
    }

    private static double loss(double actual, double quantile, double level) {
      return Math.max(level * (actual - quantile), (level - 1) * (actual - quantile));
    }
  }
}
