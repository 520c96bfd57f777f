package com.posmodern.ai.replenish;

import com.posmodern.ai.replenish.OrderSimulation.Policy;

/** The ways to order that the backtest compares, for one series from one day on. */
final class ShelfPolicies {
  private static final int WEEK = 7;

  private ShelfPolicies() {}

  /**
   * The advice: the level of the forecast's demand.
   *
   * @param means forecast of each day, day 1 first; after the last its last week goes on
   */
  static Policy advice(OrderRule rule, double[] means) {
    return new Policy() {
      @Override
      public double level(int day, int until) {
        return rule.level(expected(day, until), until - day + 1);
      }

      @Override
      public double quantity(double position, double level) {
        return rule.quantity(position, level);
      }

      @Override
      public double expectedLost(int day, int until, double position) {
        double expected = expected(day, until);
        double variance = rule.variance(expected, until - day + 1);
        return OrderLevel.expectedBeyond(expected, variance, (long) Math.floor(position));
      }

      private double expected(int day, int until) {
        double sum = 0;
        for (int one = day; one <= until; one++) {
          sum += one <= means.length ? means[one - 1] : lastWeek(means);
        }
        return sum;
      }
    };
  }

  private static double lastWeek(double[] means) {
    int from = Math.max(0, means.length - WEEK);
    double sum = 0;
    for (int day = from; day < means.length; day++) {
      sum += means[day];
    }
    return means.length == 0 ? 0 : sum / (means.length - from);
  }

  /** The baseline: so many days of the mean demand, in the same packs and smallest orders. */
  static Policy meanCover(OrderRule rule, double daily, int moreDays) {
    return new Policy() {
      @Override
      public double level(int day, int until) {
        return Math.ceil(daily * (until - day + 1 + moreDays));
      }

      @Override
      public double quantity(double position, double level) {
        return rule.quantity(position, level);
      }

      @Override
      public double expectedLost(int day, int until, double position) {
        return 0;
      }
    };
  }
}
