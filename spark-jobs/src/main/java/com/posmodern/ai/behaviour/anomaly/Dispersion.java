package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;

/**
 * By how much the days of a series vary more than counts must: variance over mean (quasi-Poisson;
 * McCullagh and Nelder, Generalized Linear Models, 1989, section 9.2).
 *
 * <p>The largest deviations, of which some are anomalies themselves, are left out. A series with
 * few known days is drawn to what all stores have of the item.
 */
final class Dispersion {
  /** Share of a series' days that is left out, those furthest away. */
  private static final double LEFT_OUT = 0.03;

  /** Mean square of normal deviations over that of those that are not left out. */
  private static final double TRIMMED = 1.2;

  /** Days of a series that all stores together count as. */
  private static final double POOL_DAYS = 20;

  /** Of a series without any known day, in a chain without any. */
  private static final double UNKNOWN = 2;

  private static final double LEAST_EXPECTED = 0.25;

  private Dispersion() {}

  /**
   * Per store, one at least.
   *
   * @param demand per store and day, NaN where it is unknown
   * @param expected the same
   * @param first of the judged days; those before it are learnt from
   */
  static double[] of(double[][] demand, double[][] expected, int first) {
    double[] own = new double[demand.length];
    double[] days = new double[demand.length];
    double pool = 0;
    double poolDays = 0;
    for (int store = 0; store < demand.length; store++) {
      double[] squares = squares(demand[store], expected[store], first);
      int kept = (int) Math.ceil(squares.length * (1 - LEFT_OUT));
      own[store] = TRIMMED * Arrays.stream(squares, 0, kept).average().orElse(0);
      days[store] = kept;
      pool += kept * own[store];
      poolDays += kept;
    }
    double all = poolDays == 0 ? UNKNOWN : pool / poolDays;
    for (int store = 0; store < demand.length; store++) {
      own[store] =
          Math.max(1, (days[store] * own[store] + POOL_DAYS * all) / (days[store] + POOL_DAYS));
    }
    return own;
  }

  private static double[] squares(double[] demand, double[] expected, int first) {
    double[] squares = new double[first];
    int found = 0;
    for (int day = 0; day < first; day++) {
      if (!Double.isNaN(demand[day]) && !Double.isNaN(expected[day])) {
        double away = demand[day] - expected[day];
        squares[found++] = away * away / Math.max(expected[day], LEAST_EXPECTED);
      }
    }
    double[] known = Arrays.copyOf(squares, found);
    Arrays.sort(known);
    return known;
  }
}
