package com.posmodern.ai.forecast;

import java.util.Arrays;
import java.util.List;

/** Demand of a product in a store that has not sold it yet: borrowed from what is similar. */
final class LaunchForecasts {
  /** Name in the tables. */
  static final String NAME = "similar_products";

  /** Days after its first sale on which a series counts as launched; its first is none of them. */
  static final int YOUNG_DAYS = 28;

  private static final int YEAR = 364;

  /** Days whose mean is a level. */
  static final int LEVEL_DAYS = SimilarStores.DAYS;

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
   * What is published: the product's own demand in other stores, those most that are like this one
   * ({@link SimilarStores}); of a product that no store has sold lately, launches of its category,
   * price and name ({@link SimilarNames}), times how much the store sells beside those that had
   * them; else the category. With the weekdays of the category.
   *
   * @param elsewhere the product's sales in other stores, of the last {@link #LEVEL_DAYS}
   */
  static float[] similar(
      ProductAttributes product,
      String storeId,
      List<SoldElsewhere.Sales> elsewhere,
      Surroundings surroundings,
      int origin,
      int horizonDays) {
    double level = surroundings.similar().stores().demand(storeId, elsewhere, origin);
    if (!Double.isFinite(level)) {
      level = ofLaunches(product, storeId, surroundings, origin);
    }
    if (Double.isNaN(level)) {
      return SimpleForecasts.categoryMean(product, storeId, surroundings, origin, horizonDays);
    }
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

  /**
   * The simple method for a product that other stores sell: its mean over them.
   *
   * @param elsewhere as in {@link #similar}; not empty
   */
  static float[] meanOfStores(List<SoldElsewhere.Sales> elsewhere, int horizonDays) {
    double units = elsewhere.stream().mapToDouble(SoldElsewhere.Sales::units).sum();
    double days = elsewhere.stream().mapToDouble(SoldElsewhere.Sales::days).sum();
    float[] forecast = new float[horizonDays];
    Arrays.fill(forecast, (float) (units / days));
    return forecast;
  }

  /** Sales of the series' product in other stores in the last weeks up to the origin. */
  static List<SoldElsewhere.Sales> elsewhere(Series series, int origin) {
    return series.stores().without(series.storeId(), origin - LEVEL_DAYS + 1, origin);
  }

  /** Whether a store had not sold anything yet four weeks before, while others had. */
  static boolean isYoung(String storeId, Surroundings surroundings, int origin) {
    DailyTotals store = surroundings.storeTotals().get(storeId);
    int first = store == null ? Integer.MAX_VALUE : store.firstKnownDay();
    int oldest = surroundings.everything().firstKnownDay();
    return first > origin - YOUNG_DAYS && oldest < first && oldest <= origin - YOUNG_DAYS;
  }

  private static double ofLaunches(
      ProductAttributes product, String storeId, Surroundings surroundings, int origin) {
    int from = firstFairDay(surroundings, origin);
    Similar similar = surroundings.similar();
    return similar.names().demand(product, ofPriceBand(product, surroundings, origin), from, origin)
        * similar.factorOfLaunches(storeId, from, origin);
  }

  private static double ofPriceBand(
      ProductAttributes product, Surroundings surroundings, int origin) {
    int from = firstFairDay(surroundings, origin);
    DailyTotals band = surroundings.launches().get(Surroundings.priceBand(product));
    boolean enough = band != null && band.meanSeries(from, origin) >= FEWEST_IN_BAND;
    double ofCategory = ofCategory(product, surroundings, origin);
    return enough ? orElse(band.mean(from, origin), ofCategory) : ofCategory;
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
