package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;

/**
 * How much of an item the stores sell on each day of the week, as a factor on the mean day.
 *
 * <p>The stores' days are pooled, as one store sells too little of most products to tell; a store
 * that sells enough follows its own weekdays.
 */
final class WeekdayShape {
  static final int WEEK = 7;

  /** Units that speak for the pool of all stores beside a store's own. */
  private static final double POOL_UNITS = 50;

  /** Units that speak for weekdays that are all the same. */
  private static final double SAME_UNITS = 7;

  /** One wild day must not make its weekday. */
  private static final double MOST = 3;

  private WeekdayShape() {}

  /**
   * Per store the factor of each of seven days, the first of them that of the days 0, 7, 14 …
   *
   * @param demand per store and day, NaN where it is unknown
   * @param until days before it are learnt from
   */
  static double[][] of(double[][] demand, int until) {
    double[][] own = new double[demand.length][WEEK];
    double[][] usual = new double[demand.length][WEEK];
    double[] pool = new double[WEEK];
    double[] poolUsual = new double[WEEK];
    for (int store = 0; store < demand.length; store++) {
      double mean =
          Arrays.stream(demand[store], 0, until).filter(d -> !Double.isNaN(d)).average().orElse(0);
      for (int day = 0; day < until; day++) {
        if (!Double.isNaN(demand[store][day])) {
          own[store][day % WEEK] += Math.min(demand[store][day], MOST * Math.max(mean, 1));
          usual[store][day % WEEK] += mean;
        }
      }
      for (int day = 0; day < WEEK; day++) {
        pool[day] += own[store][day];
        poolUsual[day] += usual[store][day];
      }
    }
    double[][] shape = new double[demand.length][WEEK];
    for (int day = 0; day < WEEK; day++) {
      double all = (pool[day] + SAME_UNITS) / (poolUsual[day] + SAME_UNITS);
      for (int store = 0; store < demand.length; store++) {
        shape[store][day] = (own[store][day] + POOL_UNITS * all) / (usual[store][day] + POOL_UNITS);
      }
    }
    return shape;
  }
}
