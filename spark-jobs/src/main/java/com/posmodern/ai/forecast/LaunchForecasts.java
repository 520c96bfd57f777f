package com.posmodern.ai.forecast;

import java.util.Arrays;

/** Demand of a product in a store that has not sold it yet: borrowed from what is similar. */
final class LaunchForecasts {
  /** Name in the tables. */
  static final String NAME = "similar_products";

  /** Days after its first sale on which a series counts as launched; its first is none of them. */
  static final int YOUNG_DAYS = 28;

  private static final int YEAR = 364;

  /** Days whose mean is a level. */
  static final int LEVEL_DAYS = 56;

  private static final int WEEKDAY_WEEKS = 8;

  /** Before it, series that began with the history may be taken for launches. */
  private static final int UNCERTAIN_DAYS = 3 * YOUNG_DAYS;

  /** Launches of a price band, on a mean day, from which it is told apart from its category. */
  private static final double FEWEST_IN_BAND = 3;

  private LaunchForecasts() {}

  /**
   * The simple method: what launches of the category sold a day in their first four weeks, within a
   * year before the origin; those of all categories where it had none, NaN where there were none.
   */
  static float[] categoryLaunches(
      ProductAttributes product, Surroundings surroundings, int origin, int horizonDays) {
    double mean = ofCategory(product, surroundings, origin);
    float[] forecast = new float[horizonDays];
    Arrays.fill(forecast, (float) mean);
    return forecast;
  }

  /**
   * What is published: the product's own demand in the stores that sell it, else launches of its
   * category and price, else the category; times how much the store sells more or less than others,
   * with the weekdays of the category.
   *
   * @param elsewhere see {@link #elsewhere}; NaN where no store has sold the product lately
   */
  static float[] similar(
      ProductAttributes product,
      String storeId,
      double elsewhere,
      Surroundings surroundings,
      int origin,
      int horizonDays) {
    double level = orElse(elsewhere, ofPriceBand(product, surroundings, origin));
    if (Double.isNaN(level)) {
      return SimpleForecasts.categoryMean(product, storeId, surroundings, origin, horizonDays);
    }
    level *= orElse(storeFactor(storeId, surroundings, origin), 1);
    DailyTotals category = surroundings.categories().get(product.category());
    double usual = mean(category, origin - LEVEL_DAYS + 1, origin);
    float[] forecast = new float[horizonDays];
    for (int ahead = 1; ahead <= horizonDays; ahead++) {
      double weekday =
          category == null
              ? 1
              : category.sameWeekdayMean(origin, origin + ahead, WEEKDAY_WEEKS) / usual;
      forecast[ahead - 1] = (float) (level * orElse(weekday, 1));
    }
    return forecast;
  }

  /** Demand of a product per store and day in the last weeks, in the stores that sell it. */
  static double elsewhere(DailyTotals product, int origin) {
    return product.mean(origin - LEVEL_DAYS + 1, origin);
  }

  private static double ofPriceBand(
      ProductAttributes product, Surroundings surroundings, int origin) {
    int from = firstFairDay(surroundings, origin);
    DailyTotals band = surroundings.launches().get(Surroundings.priceBand(product));
    boolean enough = band != null && band.meanSeries(from, origin) >= FEWEST_IN_BAND;
    double ofCategory = ofCategory(product, surroundings, origin);
    return enough ? orElse(band.mean(from, origin), ofCategory) : ofCategory;
  }

  /** A store without sales so far is like the mean of all. */
  private static double storeFactor(String storeId, Surroundings surroundings, int origin) {
    int from = origin - LEVEL_DAYS + 1;
    return mean(surroundings.storeTotals().get(storeId), from, origin)
        / surroundings.everything().mean(from, origin);
  }

  private static double ofCategory(
      ProductAttributes product, Surroundings surroundings, int origin) {
    int from = firstFairDay(surroundings, origin);
    double own = mean(surroundings.launches().get(product.category()), from, origin);
    return orElse(own, mean(surroundings.launches().get(Surroundings.EVERYTHING), from, origin));
  }

  private static int firstFairDay(Surroundings surroundings, int origin) {
    return Math.max(origin - YEAR + 1, surroundings.everything().firstKnownDay() + UNCERTAIN_DAYS);
  }

  private static double mean(DailyTotals totals, int from, int to) {
    return totals == null ? Double.NaN : totals.mean(from, to);
  }

  private static double orElse(double value, double other) {
    return Double.isFinite(value) ? value : other;
  }
}
