package com.posmodern.ai.forecast;

import java.util.Arrays;

/** The candidates that need no training. All give demand in sales units, one number per horizon. */
final class SimpleForecasts {
  private static final int CATEGORY_DAYS = 56;
  private static final int WEEKDAY_WEEKS = 8;

  /** A category says as much about a new series as this many own days. */
  private static final int CATEGORY_WORTH_DAYS = 14;

  /** A price band of fewer products gives way to the whole category. */
  private static final int FEWEST_IN_BAND = 3;

  private SimpleForecasts() {}

  /** What was sold on the last day of the same weekday that was not sold out. */
  static float[] seasonalNaive(SeriesOrigin from, int horizonDays) {
    float[] forecast = new float[horizonDays];
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      int day = from.window().lastObservedSameWeekday(from.lastSameWeekday(horizon));
      forecast[horizon - 1] = from.series().demand()[day < 0 ? from.last() : day];
    }
    return forecast;
  }

  /** Mean of the last days that were not sold out. */
  static float[] movingAverage(SeriesOrigin from, int horizonDays, int days) {
    double mean = from.window().mean(from.last(), days);
    float[] forecast = new float[horizonDays];
    Arrays.fill(forecast, Double.isNaN(mean) ? 0 : (float) mean);
    return forecast;
  }

  /**
   * Category mean in the store, blended with the own days there are: the more days, the more they
   * count.
   */
  static float[] categoryMean(SeriesOrigin from, Surroundings surroundings, int horizonDays) {
    Series series = from.series();
    double own = from.window().mean(from.last(), CATEGORY_DAYS);
    int days = Double.isNaN(own) ? 0 : from.last() + 1;
    float[] forecast =
        categoryMean(
            series.attributes(), series.storeId(), surroundings, from.origin(), horizonDays);
    for (int i = 0; i < horizonDays; i++) {
      double blended = days == 0 ? 0 : days * own;
      forecast[i] =
          (float) ((blended + CATEGORY_WORTH_DAYS * forecast[i]) / (days + CATEGORY_WORTH_DAYS));
    }
    return forecast;
  }

  /**
   * What a product of this category and price sells per store and day, times how much the store
   * sells more or less than others, with the weekdays of the category. Zero without such products.
   */
  static float[] categoryMean(
      ProductAttributes product,
      String storeId,
      Surroundings surroundings,
      int origin,
      int horizonDays) {
    float[] forecast = new float[horizonDays];
    DailyTotals category = surroundings.categories().get(product.category());
    if (category == null) {
      category = surroundings.everything();
    }
    int from = origin - CATEGORY_DAYS + 1;
    DailyTotals band = surroundings.priceBands().get(Surroundings.priceBand(product));
    boolean enough = band != null && band.meanSeries(from, origin) >= FEWEST_IN_BAND;
    double mean = (enough ? band : category).mean(from, origin);
    DailyTotals store = surroundings.storeTotals().get(storeId);
    double storeFactor =
        store == null
            ? Double.NaN
            : store.mean(from, origin) / surroundings.everything().mean(from, origin);
    double categoryMean = category.mean(from, origin);
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      double weekday =
          category.sameWeekdayMean(origin, origin + horizon, WEEKDAY_WEEKS) / categoryMean;
      forecast[horizon - 1] =
          (float) (orElse(mean, 0) * orElse(storeFactor, 1) * orElse(weekday, 1));
    }
    return forecast;
  }

  private static double orElse(double value, double other) {
    return Double.isFinite(value) ? value : other;
  }
}
