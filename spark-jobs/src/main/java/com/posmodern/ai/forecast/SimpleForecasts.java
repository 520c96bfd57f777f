package com.posmodern.ai.forecast;

import java.util.Arrays;

/** The candidates that need no training. All give demand in sales units, one number per horizon. */
final class SimpleForecasts {
  private static final int CATEGORY_DAYS = 56;
  private static final int WEEKDAY_WEEKS = 8;

  /** The weekdays of a category change slowly, and one series says little of them. */
  private static final int CATEGORY_WEEKDAY_WEEKS = 26;

  /** Older days weigh too little to matter. */
  private static final int SMOOTHED_DAYS = 364;

  private static final double SMOOTHING_FACTOR = 0.05;
  private static final double SEASONAL_SMOOTHING_FACTOR = 0.1;
  private static final double CROSTON_FACTOR = 0.1;

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

  /** Mean of the last days whose demand is known, without the first sale. */
  static float[] movingAverage(SeriesOrigin from, int horizonDays, int days) {
    double mean = fairMean(from, days);
    float[] forecast = new float[horizonDays];
    Arrays.fill(forecast, Double.isNaN(mean) ? 0 : (float) mean);
    return forecast;
  }

  /** Mean of the same weekday in the last eight weeks, or of all days where it was never known. */
  static float[] weekdayMean(SeriesOrigin from, int horizonDays) {
    return weekly(from, horizonDays, WEEKDAY_WEEKS, 1, firstFairDay(from));
  }

  /** The same, where a day before the first sale is a day without sale. */
  static float[] weekdayMeanOfAllDays(SeriesOrigin from, int horizonDays) {
    return weekly(from, horizonDays, WEEKDAY_WEEKS, 1, from.firstKnownDay());
  }

  /**
   * Exponential smoothing of each weekday on its own, as a weighted mean that starts without bias:
   * the last one counts 1, the one before 0.9, and so on.
   */
  static float[] seasonalSmoothing(SeriesOrigin from, int horizonDays) {
    return smoothedWeekdays(from, horizonDays, firstFairDay(from));
  }

  /** The same, where a day before the first sale is a day without sale. */
  static float[] seasonalSmoothingOfAllDays(SeriesOrigin from, int horizonDays) {
    return smoothedWeekdays(from, horizonDays, from.firstKnownDay());
  }

  /**
   * Mean of the last eight weeks, where a day before the first sale is a day without sale, with the
   * weekdays of the category's last half year.
   */
  static float[] categoryWeekdaysOfAllDays(SeriesOrigin from, int horizonDays) {
    double sum = 0;
    int known = 0;
    int first = Math.max(from.firstKnownDay(), from.last() + 1 - CATEGORY_DAYS);
    for (int day = first; day <= from.last(); day++) {
      double demand = day < 0 ? 0 : from.window().value(day);
      if (!Double.isNaN(demand)) {
        sum += demand;
        known++;
      }
    }
    double level = known > 0 ? sum / known : orElse(fairMean(from, CATEGORY_DAYS), 0);
    double[] weekdays = new double[7];
    double all = 0;
    int open = 0;
    for (int weekday = 0; weekday < 7; weekday++) {
      double demand =
          from.category()
              .sameWeekdayMean(from.origin(), from.origin() + 1 + weekday, CATEGORY_WEEKDAY_WEEKS);
      weekdays[weekday] = demand;
      all += orElse(demand, 0);
      open += Double.isNaN(demand) ? 0 : 1;
    }
    float[] forecast = new float[horizonDays];
    for (int i = 0; i < horizonDays; i++) {
      forecast[i] = (float) (level * orElse(weekdays[i % 7] * open / all, 1));
    }
    return forecast;
  }

  private static float[] smoothedWeekdays(SeriesOrigin from, int horizonDays, int first) {
    return weekly(from, horizonDays, SMOOTHED_DAYS / 7, 1 - SEASONAL_SMOOTHING_FACTOR, first);
  }

  private static float[] weekly(
      SeriesOrigin from, int horizonDays, int weeks, double decay, int first) {
    float[] forecast = new float[horizonDays];
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      if (horizon > 7) {
        forecast[horizon - 1] = forecast[horizon - 8];
        continue;
      }
      double sum = 0;
      double weights = 0;
      double weight = 1;
      int day = from.lastSameWeekday(horizon);
      for (int week = 0; week < weeks && day >= first; week++, day -= 7, weight *= decay) {
        double demand = day < 0 ? 0 : from.window().value(day);
        if (!Double.isNaN(demand)) {
          sum += weight * demand;
          weights += weight;
        }
      }
      forecast[horizon - 1] =
          (float) (weights > 0 ? sum / weights : orElse(fairMean(from, CATEGORY_DAYS), 0));
    }
    return forecast;
  }

  /** Simple exponential smoothing as a weighted mean that starts without bias. */
  static float[] smoothing(SeriesOrigin from, int horizonDays) {
    double sum = 0;
    double weights = 0;
    double weight = 1;
    int first = Math.max(firstFairDay(from), from.last() + 1 - SMOOTHED_DAYS);
    for (int day = from.last(); day >= first; day--, weight *= 1 - SMOOTHING_FACTOR) {
      double demand = from.window().value(day);
      if (!Double.isNaN(demand)) {
        sum += weight * demand;
        weights += weight;
      }
    }
    float[] forecast = new float[horizonDays];
    Arrays.fill(forecast, weights > 0 ? (float) (sum / weights) : 0);
    return forecast;
  }

  /**
   * Croston's method, corrected for its bias (Syntetos and Boylan, "The accuracy of intermittent
   * demand estimates", International Journal of Forecasting 21, 2005): the smoothed demand of days
   * with demand ÷ the smoothed interval between them.
   */
  static float[] crostonSba(SeriesOrigin from, int horizonDays) {
    double size = 0;
    double interval = 0;
    int since = 0;
    int first = Math.max(0, from.last() + 1 - SMOOTHED_DAYS);
    for (int day = first; day <= from.last(); day++) {
      double demand = from.window().value(day);
      if (Double.isNaN(demand)) {
        continue;
      }
      since++;
      if (demand > 0) {
        boolean started = size > 0;
        size = started ? size + CROSTON_FACTOR * (demand - size) : demand;
        interval = started ? interval + CROSTON_FACTOR * (since - interval) : since;
        since = 0;
      }
    }
    float[] forecast = new float[horizonDays];
    // A gap longer than the interval so far says as much as one that has ended.
    double gap = Math.max(interval, since);
    Arrays.fill(forecast, size > 0 ? (float) ((1 - CROSTON_FACTOR / 2) * size / gap) : 0);
    return forecast;
  }

  /**
   * A series begins with a sale, so its first day says nothing about how often it sells: counting
   * it makes the mean of a young or rarely sold series far too high.
   */
  private static int firstFairDay(SeriesOrigin from) {
    return from.last() > 0 && from.series().demand()[0] > 0 ? 1 : 0;
  }

  private static double fairMean(SeriesOrigin from, int days) {
    int most = from.last() + 1 - firstFairDay(from);
    return from.window().mean(from.last(), Math.min(days, most));
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
