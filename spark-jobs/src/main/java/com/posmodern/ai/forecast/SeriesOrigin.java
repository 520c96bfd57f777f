package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.Feature.*;

import com.posmodern.ai.contract.DemandClass;
import java.time.LocalDate;
import java.util.Arrays;

/** One series seen from one origin: everything that may be known at the end of that day. */
final class SeriesOrigin {
  private static final int LEVEL_DAYS = 56;
  private static final int CLASS_DAYS = 182;
  private static final int YEAR = 364;
  private static final double SMALLEST_LEVEL = 1.0 / LEVEL_DAYS;

  private final SeriesWindow window;
  private final Surroundings surroundings;
  private final int last;
  private final int origin;
  private final double level;
  private final DemandClass demandClass;
  private final DailyTotals category;
  private final DailyTotals store;
  private final String region;
  private final OutsideFeatures outside;
  private float[] shared;

  /**
   * @param origin epoch day within the series' history
   */
  SeriesOrigin(SeriesWindow window, Surroundings surroundings, int origin, int newSeriesDays) {
    this.window = window;
    this.surroundings = surroundings;
    this.origin = origin;
    this.last = origin - window.series().firstDay();
    this.region = surroundings.regionOf(window.series().storeId());
    this.outside = new OutsideFeatures(window.series(), surroundings, origin);
    this.category = surroundings.categories().get(window.series().attributes().category());
    this.store = surroundings.storeTotals().get(window.series().storeId());
    double recent = window.mean(last, LEVEL_DAYS);
    double floor = Double.isNaN(recent) ? window.mean(last, YEAR) : recent;
    this.level = Math.max(SMALLEST_LEVEL, Double.isNaN(floor) ? 0 : floor);
    double interval = window.averageInterval(last, CLASS_DAYS);
    boolean tooYoung = last + 1 < newSeriesDays || Double.isNaN(interval);
    this.demandClass =
        tooYoung
            ? DemandClass.NEW
            : DemandClass.of(interval, window.squaredVariation(last, CLASS_DAYS));
  }

  Series series() {
    return window.series();
  }

  SeriesWindow window() {
    return window;
  }

  int origin() {
    return origin;
  }

  /** Index of the origin in the series' arrays. */
  int last() {
    return last;
  }

  /** Index of the first day that is known of any series; not above zero. */
  int firstKnownDay() {
    return Math.min(0, surroundings.everything().firstKnownDay() - series().firstDay());
  }

  /** Mean demand of the last weeks, never zero: the unit of the demand features. */
  double level() {
    return level;
  }

  DemandClass demandClass() {
    return demandClass;
  }

  DailyTotals category() {
    return category;
  }

  /**
   * Variance ÷ mean of the last days, at least 1: how much more than a Poisson process the demand
   * varies.
   */
  double dispersion() {
    double mean = window.mean(last, 91);
    double deviation = window.deviation(last, 91);
    return mean > 0 ? Math.max(1, deviation * deviation / mean) : 1;
  }

  /** Whole units, if there were no others so far. */
  Units units() {
    for (int i = Math.max(0, last - 90); i <= last; i++) {
      if (series().demand()[i] != Math.rint(series().demand()[i])) {
        return Units.FRACTIONS;
      }
    }
    return Units.WHOLE;
  }

  /** Revenue of the last 28 days: the weight of M5's WRMSSE. */
  double revenue28() {
    double revenue = 0;
    for (int i = Math.max(0, last - 27); i <= last; i++) {
      revenue += series().revenue()[i];
    }
    return Math.max(0, revenue);
  }

  /** Sold within the last days on which it could be: days sold out do not count. */
  boolean soldWithin(int days) {
    return window.soldWithin(last, days);
  }

  /** Writes the features of one horizon in the order of {@link Feature}; NaN where unknown. */
  void write(int horizon, float[] row, int offset) {
    if (shared == null) {
      shared = sharedFeatures();
    }
    System.arraycopy(shared, 0, row, offset, shared.length);
    FeatureSink sink = new FeatureSink(row, offset);
    int target = origin + horizon;
    sink.put(HORIZON, horizon);
    writeHistoryOf(target, horizon, sink);
    writeCalendarOf(target, sink);
    writePromotionOf(target, sink);
    outside.write(target, sink);
  }

  private float[] sharedFeatures() {
    float[] row = new float[HORIZON.column()];
    Arrays.fill(row, Float.NaN);
    FeatureSink sink = new FeatureSink(row, 0);
    double mean7 = window.mean(last, 7);
    double mean28 = window.mean(last, 28);
    double mean91 = window.mean(last, 91);
    sink.put(LEVEL, Math.log(level));
    // Beyond half a year it is the date in disguise, and trees take the trend of the year for
    // ageing.
    sink.put(AGE, Math.min(last + 1, CLASS_DAYS));
    sink.put(LAG_1, window.value(last) / level);
    sink.put(LAG_2, window.value(last - 1) / level);
    sink.put(LAG_7, window.value(last - 6) / level);
    sink.put(MEAN_7, mean7 / level);
    sink.put(MEAN_14, window.mean(last, 14) / level);
    sink.put(MEAN_28, mean28 / level);
    sink.put(MEAN_91, mean91 / level);
    sink.put(MEAN_182, window.mean(last, 182) / level);
    sink.put(MEAN_364, window.mean(last, YEAR) / level);
    sink.put(DEVIATION_28, window.deviation(last, 28) / level);
    sink.put(DEVIATION_91, window.deviation(last, 91) / level);
    sink.put(MEDIAN_28, window.median(last, 28) / level);
    sink.put(MAXIMUM_28, window.maximum(last, 28) / level);
    sink.put(TREND_7_28, ratio(mean7, mean28));
    sink.put(TREND_28_91, ratio(mean28, mean91));
    sink.put(ZERO_SHARE_28, window.zeroShare(last, 28));
    sink.put(ZERO_SHARE_91, window.zeroShare(last, 91));
    sink.put(DAYS_SINCE_SALE, window.daysSinceSale(last));
    sink.put(AVERAGE_DEMAND_INTERVAL, window.averageInterval(last, CLASS_DAYS));
    sink.put(DEMAND_VARIATION, window.squaredVariation(last, CLASS_DAYS));
    sink.put(DEMAND_CLASS, demandClass.number());
    sink.put(STOCK_OUT_SHARE_28, stockOutShare(28));
    writePriceAtOrigin(sink);
    writeGroupsAtOrigin(sink);
    return row;
  }

  private void writePriceAtOrigin(FeatureSink sink) {
    double price = series().price()[last];
    double plain = window.plainMean(last, LEVEL_DAYS);
    sink.put(PRICE, Math.log(price));
    sink.put(PRICE_TO_OWN_MEAN, ratio(price, window.priceMean(last, 91)));
    sink.put(PRICE_TO_LIST_PRICE, ratio(price, series().attributes().listPrice()));
    sink.put(PLAIN_MEAN_56, plain / level);
    sink.put(PROMOTED_SHARE_28, window.promotedShare(last, 28));
    sink.put(PROMOTED_AT_ORIGIN, series().onPromotion()[last] ? 1 : 0);
    sink.put(PROMOTION_LIFT, ratio(window.promotedMean(last, YEAR), window.plainMean(last, YEAR)));
  }

  private void writeGroupsAtOrigin(FeatureSink sink) {
    DailyTotals product = series().product();
    sink.put(PRODUCT_MEAN_28, product.mean(origin - 27, origin) / level);
    sink.put(PRODUCT_MEAN_91, product.mean(origin - 90, origin) / level);
    sink.put(PRODUCT_TREND_7_28, trend(product, 7, 28));
    sink.put(CATEGORY_LEVEL, category.mean(origin - 55, origin));
    sink.put(CATEGORY_TREND_7_28, trend(category, 7, 28));
    sink.put(CATEGORY_TREND_28_91, trend(category, 28, 91));
    sink.put(STORE_LEVEL, store.mean(origin - 55, origin));
    sink.put(STORE_TREND_7_28, trend(store, 7, 28));
    sink.put(STORE_TREND_28_91, trend(store, 28, 91));
  }

  private void writeHistoryOf(int target, int horizon, FeatureSink sink) {
    int sameWeekday = lastSameWeekday(horizon);
    sink.put(SAME_WEEKDAY_1, window.value(sameWeekday) / level);
    sink.put(SAME_WEEKDAY_2, window.value(sameWeekday - 7) / level);
    sink.put(SAME_WEEKDAY_3, window.value(sameWeekday - 14) / level);
    sink.put(SAME_WEEKDAY_MEAN_4, window.weeklyMean(sameWeekday, 4) / level);
    sink.put(SAME_WEEKDAY_MEAN_13, window.weeklyMean(sameWeekday, 13) / level);
    sink.put(PRODUCT_SAME_WEEKDAY_8, weekdayRatio(series().product(), target));
    sink.put(CATEGORY_SAME_WEEKDAY_8, weekdayRatio(category, target));
    sink.put(STORE_SAME_WEEKDAY_8, weekdayRatio(store, target));
    int yearAgo = last + horizon - YEAR;
    double around = yearAgo + 3 < 0 ? Double.NaN : window.mean(yearAgo + 3, 7);
    double atOrigin = last < YEAR ? Double.NaN : window.mean(last - YEAR, 28);
    sink.put(YEAR_AGO, around / level);
    sink.put(YEAR_AGO_GROWTH, ratio(around, atOrigin));
    sink.put(CATEGORY_YEAR_AGO_GROWTH, yearAgoGrowth(category, target, 3));
    sink.put(CATEGORY_YEAR_AGO_DAY, yearAgoGrowth(category, target, 0));
    sink.put(STORE_YEAR_AGO_GROWTH, yearAgoGrowth(store, target, 3));
  }

  private void writeCalendarOf(int target, FeatureSink sink) {
    LocalDate date = LocalDate.ofEpochDay(target);
    sink.put(WEEKDAY, date.getDayOfWeek().getValue());
    sink.put(DAY_OF_MONTH, date.getDayOfMonth());
    // With less than two years a day of the year is a date, and trees learn the trend as a season.
    sink.put(DAY_OF_YEAR, surroundings.knowsSeasons() ? date.getDayOfYear() : Double.NaN);
    EventDays holidays = surroundings.holidaysOf(region);
    sink.put(HOLIDAY, holidays.here().at(target));
    sink.put(DAYS_TO_HOLIDAY, holidays.next().at(target));
    sink.put(DAYS_SINCE_HOLIDAY, holidays.last().at(target));
    EventDays events = surroundings.commercialEventsOf(region);
    sink.put(COMMERCIAL_EVENT, events.here().at(target));
    sink.put(DAYS_TO_COMMERCIAL_EVENT, events.next().at(target));
    sink.put(DAYS_SINCE_COMMERCIAL_EVENT, events.last().at(target));
  }

  private void writePromotionOf(int target, FeatureSink sink) {
    if (!surroundings.promotionsKnown()) {
      sink.put(PROMOTION_DISCOUNT, Double.NaN);
      sink.put(DAYS_INTO_PROMOTION, Double.NaN);
      return;
    }
    PromotionPlan plan = series().promotions();
    int promotion = plan.at(target, origin);
    sink.put(PROMOTION_DISCOUNT, promotion < 0 ? 0 : plan.discounts()[promotion]);
    sink.put(DAYS_INTO_PROMOTION, promotion < 0 ? -1 : target - plan.starts()[promotion]);
  }

  /** Index of the last known day with the weekday of the target. */
  int lastSameWeekday(int horizon) {
    return last + horizon - 7 * ((horizon + 6) / 7);
  }

  private double stockOutShare(int days) {
    int from = Math.max(0, last - days + 1);
    int count = 0;
    for (int i = from; i <= last; i++) {
      count += series().stockOut()[i] ? 1 : 0;
    }
    return (double) count / (last + 1 - from);
  }

  private double trend(DailyTotals totals, int days, int moreDays) {
    return ratio(
        totals.mean(origin - days + 1, origin), totals.mean(origin - moreDays + 1, origin));
  }

  private double weekdayRatio(DailyTotals totals, int target) {
    return ratio(totals.sameWeekdayMean(origin, target, 8), totals.mean(origin - 55, origin));
  }

  private double yearAgoGrowth(DailyTotals totals, int target, int around) {
    return ratio(
        totals.mean(target - YEAR - around, target - YEAR + around),
        totals.mean(origin - YEAR - 27, origin - YEAR));
  }

  private static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : Double.NaN;
  }
}
