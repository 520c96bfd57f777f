package com.posmodern.ai.replenish;

import java.io.Serializable;

/**
 * The rule of {@link Replenishment} for one series, as plain arithmetic: what the backtest of
 * orders follows day by day. {@code AdviceRuleTest} holds both equal.
 *
 * @param packSize units in one pack
 * @param minimumOrder smallest order, in whole packs
 * @param serviceLevel share of cycles without a stock-out
 * @param maximumStock most units on hand and on order; infinite without a limit
 * @param presentationMinimum units that shall stand on the shelf
 * @param leadTimeSpread standard deviation of the lead time, in days
 * @param dispersion variance ÷ mean of daily demand
 * @param levelError of the forecast
 * @param place of the series among all, see {@link OrderLevel}
 */
record OrderRule(
    int packSize,
    double minimumOrder,
    double serviceLevel,
    double maximumStock,
    double presentationMinimum,
    double leadTimeSpread,
    double dispersion,
    LevelError.Known levelError,
    double place)
    implements Serializable {

  /** Variance of the demand of some days of which so much is expected. */
  double variance(double expected, int days) {
    double squared = levelError.squared(expected, serviceLevel);
    return variance(expected, days, dispersion, squared, leadTimeSpread);
  }

  /**
   * Days vary independently around the level; the level has the same error on all days, as the
   * backtest shows, and because it was learned from a limited number of days; a late delivery adds
   * the demand of its days.
   */
  static double variance(
      double expected,
      int days,
      double dispersion,
      double squaredLevelError,
      double leadTimeSpread) {
    if (expected <= 0) {
      return 0;
    }
    double learned = dispersion * days / (expected * ForecastDemand.LEVEL_DAYS);
    double late = expected / days * leadTimeSpread;
    return dispersion * expected
        + (learned + squaredLevelError) * expected * expected
        + late * late;
  }

  /** On hand and on order below it, an order is due. */
  double level(double expected, int days) {
    double level =
        OrderLevel.of(
            expected,
            variance(expected, days),
            serviceLevel,
            place,
            Math.max(packSize, minimumOrder));
    double shown = presentationMinimum > 0 ? Math.ceil(expected + presentationMinimum) : 0;
    return Math.min(Math.max(level, shown), most());
  }

  /** Units to order. */
  double quantity(double onHandAndOnOrder, double level) {
    double position = Math.ceil(onHandAndOnOrder);
    if (position >= level) {
      return 0;
    }
    double wanted = Math.max(Math.ceil((level - position) / packSize) * packSize, minimumOrder);
    double fitting = Math.min(wanted, Math.floor((most() - position) / packSize) * packSize);
    return fitting < minimumOrder ? 0 : fitting;
  }

  private double most() {
    return Math.max(Math.floor(maximumStock), minimumOrder);
  }
}
