package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Offsets from the forecast to the ends and the middle of its interval, in units of the forecast's
 * spread; what {@code models.forecast_intervals} keeps per demand class and week of the horizon.
 *
 * @param rows residuals that the offsets were calibrated on; 0 for the assumed ones
 */
record Interval(double lower, double middle, double upper, long rows) implements Serializable {
  /** Where nothing was ever judged: the normal distribution's 10, 50 and 90 %. */
  static final Interval ASSUMED = new Interval(-1.2816, 0, 1.2816, 0);

  /** Below this the spread no longer shrinks with the forecast. */
  private static final double SMALLEST_MEAN = 0.05;

  /** Offsets this close to a whole number reach it. */
  private static final double ROUNDING = 1e-6;

  /**
   * The spread of demand around its forecast: the standard deviation of a Poisson process of that
   * mean, widened by how much more the series varied so far.
   *
   * @param dispersion variance ÷ mean, at least 1
   */
  static double spread(double mean, double dispersion) {
    return Math.sqrt(Math.max(mean, SMALLEST_MEAN) * dispersion);
  }

  /**
   * Ends and middle of one forecast's interval, in sales units: never negative, never crossing.
   *
   * @param wholeUnits the series is sold in whole units: the ends move inwards to whole numbers,
   *     which leaves out no value that can occur
   */
  Quantiles around(double mean, double dispersion, boolean wholeUnits) {
    double spread = spread(mean, dispersion);
    double low = Math.max(0, mean + lower * spread);
    double high = Math.max(0, mean + upper * spread);
    double mid = Math.max(0, mean + middle * spread);
    if (wholeUnits) {
      // Not -0, which Math.ceil makes of a tiny negative number.
      double lowest = Math.max(0, Math.ceil(low - ROUNDING));
      double highest = Math.floor(high + ROUNDING);
      if (lowest > highest) {
        // No whole number inside: the nearest one.
        lowest = Math.rint((low + high) / 2);
        highest = lowest;
      }
      low = lowest;
      high = highest;
      mid = Math.floor(mid + ROUNDING);
    }
    high = Math.max(low, high);
    return new Quantiles(low, Math.min(high, Math.max(low, mid)), high);
  }

  /** Lower end, middle and upper end in sales units. */
  record Quantiles(double p10, double p50, double p90) {
    boolean holds(double actual) {
      return p10 <= actual && actual <= p90;
    }

    /**
     * Winkler's interval score: width, plus a fine for every unit that the demand lies outside
     * (Winkler, "A decision-theoretic approach to interval estimation", JASA 67, 1972).
     */
    double winkler(double actual, double coverage) {
      double outside = Math.max(0, Math.max(p10 - actual, actual - p90));
      return p90 - p10 + 2 / (1 - coverage) * outside;
    }
  }
}
