package com.posmodern.ai.forecast;

import java.util.Arrays;
import java.util.Locale;

/**
 * What a trained candidate sees of one (series, origin, horizon), in this order. Demands are
 * divided by the series' level at the origin, so that small and large series share one model.
 */
enum Feature {
  // The series at the origin.
  LEVEL,
  AGE,
  LAG_1,
  LAG_2,
  LAG_7,
  MEAN_7,
  MEAN_14,
  MEAN_28,
  MEAN_91,
  MEAN_182,
  MEAN_364,
  DEVIATION_28,
  DEVIATION_91,
  MEDIAN_28,
  MAXIMUM_28,
  TREND_7_28,
  TREND_28_91,
  ZERO_SHARE_28,
  ZERO_SHARE_91,
  DAYS_SINCE_SALE,
  AVERAGE_DEMAND_INTERVAL,
  DEMAND_VARIATION,
  DEMAND_CLASS,
  STOCK_OUT_SHARE_28,
  // Its price and promotions.
  PRICE,
  PRICE_TO_OWN_MEAN,
  PRICE_TO_LIST_PRICE,
  PLAIN_MEAN_56,
  PROMOTED_SHARE_28,
  PROMOTED_AT_ORIGIN,
  PROMOTION_LIFT,
  // Its product, category and store at the origin.
  PRODUCT_MEAN_28,
  PRODUCT_MEAN_91,
  PRODUCT_TREND_7_28,
  CATEGORY_LEVEL,
  CATEGORY_TREND_7_28,
  CATEGORY_TREND_28_91,
  STORE_LEVEL,
  STORE_TREND_7_28,
  STORE_TREND_28_91,
  // The day to forecast.
  HORIZON,
  SAME_WEEKDAY_1,
  SAME_WEEKDAY_2,
  SAME_WEEKDAY_3,
  SAME_WEEKDAY_MEAN_4,
  SAME_WEEKDAY_MEAN_13,
  PRODUCT_SAME_WEEKDAY_8,
  CATEGORY_SAME_WEEKDAY_8,
  STORE_SAME_WEEKDAY_8,
  YEAR_AGO,
  YEAR_AGO_GROWTH,
  CATEGORY_YEAR_AGO_GROWTH,
  CATEGORY_YEAR_AGO_DAY,
  STORE_YEAR_AGO_GROWTH,
  WEEKDAY,
  DAY_OF_MONTH,
  DAY_OF_YEAR,
  HOLIDAY,
  DAYS_TO_HOLIDAY,
  DAYS_SINCE_HOLIDAY,
  COMMERCIAL_EVENT,
  DAYS_TO_COMMERCIAL_EVENT,
  DAYS_SINCE_COMMERCIAL_EVENT,
  PROMOTION_DISCOUNT,
  DAYS_INTO_PROMOTION,
  TEMPERATURE_MAX,
  TEMPERATURE_MIN,
  TEMPERATURE_CHANGE,
  RAIN,
  EVENT_ATTENDANCE,
  // What only some retailers have, last in the row: trees learn from it where a trial has shown
  // that it helps.
  PRODUCT_SIGNAL_7_28,
  PRODUCT_SIGNAL_28_91,
  CATEGORY_SIGNAL_7_28,
  CATEGORY_SIGNAL_28_91,
  EVENT_DISTANCE;

  static final int COUNT = values().length;

  /** Features in a row without the signals at its end. */
  static final int WITHOUT_SIGNALS = PRODUCT_SIGNAL_7_28.column();

  /** Place in a row of features. */
  @SuppressWarnings("EnumOrdinal") // The order of declaration is the order of the columns.
  int column() {
    return ordinal();
  }

  /** Names of the first features of a row. */
  static String[] ids(int count) {
    return Arrays.stream(values())
        .limit(count)
        .map(f -> f.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  /** The first features of each row. */
  static float[] first(int count, float[] rows) {
    if (count == COUNT) {
      return rows;
    }
    float[] first = new float[rows.length / COUNT * count];
    for (int from = 0, to = 0; to < first.length; from += COUNT, to += count) {
      System.arraycopy(rows, from, first, to, count);
    }
    return first;
  }
}
