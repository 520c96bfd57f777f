package com.posmodern.ai.forecast;

import java.util.Arrays;

/** What a forecast is made of, in words that a retailer uses: each stands for several features. */
enum Influence {
  LEVEL,
  TREND,
  WEEKDAY,
  SEASON,
  HOLIDAY,
  PROMOTION,
  PRICE,
  WEATHER;

  private static final Influence[] OF_COLUMN =
      Arrays.stream(Feature.values()).map(Influence::of).toArray(Influence[]::new);

  /** The influence that a feature belongs to. */
  static Influence of(Feature feature) {
    return switch (feature) {
      case TREND_7_28,
          TREND_28_91,
          PRODUCT_TREND_7_28,
          CATEGORY_TREND_7_28,
          CATEGORY_TREND_28_91,
          STORE_TREND_7_28,
          STORE_TREND_28_91,
          PRODUCT_SIGNAL_7_28,
          PRODUCT_SIGNAL_28_91,
          CATEGORY_SIGNAL_7_28,
          CATEGORY_SIGNAL_28_91,
          HORIZON ->
          TREND;
      case SAME_WEEKDAY_1,
          SAME_WEEKDAY_2,
          SAME_WEEKDAY_3,
          SAME_WEEKDAY_MEAN_4,
          SAME_WEEKDAY_MEAN_13,
          PRODUCT_SAME_WEEKDAY_8,
          CATEGORY_SAME_WEEKDAY_8,
          STORE_SAME_WEEKDAY_8,
          WEEKDAY ->
          WEEKDAY;
      case YEAR_AGO,
          YEAR_AGO_GROWTH,
          CATEGORY_YEAR_AGO_GROWTH,
          CATEGORY_YEAR_AGO_DAY,
          STORE_YEAR_AGO_GROWTH,
          DAY_OF_MONTH,
          DAY_OF_YEAR ->
          SEASON;
      case HOLIDAY,
          DAYS_TO_HOLIDAY,
          DAYS_SINCE_HOLIDAY,
          COMMERCIAL_EVENT,
          DAYS_TO_COMMERCIAL_EVENT,
          DAYS_SINCE_COMMERCIAL_EVENT,
          EVENT_ATTENDANCE,
          EVENT_DISTANCE ->
          HOLIDAY;
      case PLAIN_MEAN_56,
          PROMOTED_SHARE_28,
          PROMOTED_AT_ORIGIN,
          PROMOTION_LIFT,
          PROMOTION_DISCOUNT,
          DAYS_INTO_PROMOTION ->
          PROMOTION;
      case PRICE, PRICE_TO_OWN_MEAN, PRICE_TO_LIST_PRICE -> PRICE;
      case TEMPERATURE_MAX, TEMPERATURE_MIN, TEMPERATURE_CHANGE, RAIN -> WEATHER;
      default -> LEVEL;
    };
  }

  /**
   * Splits a prediction of a model with a logarithmic link into parts that add up to it.
   *
   * <p>The features' contributions (TreeSHAP, Lundberg and Lee 2017) and the bias add up to the
   * logarithm of the prediction. Each difference of logarithms is turned into units by the
   * logarithmic mean of prediction and bias (LMDI, Ang, "The LMDI approach to decomposition
   * analysis", Energy Policy 33, 2005): no residue is left, and no order of the features matters.
   *
   * @param contributions of each feature that the model knows, in their order, and the bias
   * @return one part per influence; the bias belongs to the level
   */
  static double[] parts(float[] contributions) {
    int features = contributions.length - 1;
    double bias = contributions[features];
    double margin = bias;
    double[] parts = new double[values().length];
    for (int i = 0; i < features; i++) {
      margin += contributions[i];
      parts[OF_COLUMN[i].place()] += contributions[i];
    }
    double predicted = Math.exp(margin);
    double base = Math.exp(bias);
    double difference = margin - bias;
    double unit = Math.abs(difference) < 1e-9 ? predicted : (predicted - base) / difference;
    for (int i = 0; i < parts.length; i++) {
      parts[i] *= unit;
    }
    parts[LEVEL.place()] += base;
    return parts;
  }

  @SuppressWarnings("EnumOrdinal") // The order of declaration is the order of the parts.
  int place() {
    return ordinal();
  }
}
