package com.posmodern.ai.recommend.rank;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The ranker's features of a customer and a candidate; NaN when unknown. In days unless stated
 * otherwise; a purchase is a product on a day.
 */
enum PairFeature {
  /** Purchases by the customer, in total and decayed by half-lives of 14, 45, 120 and 365 days. */
  TIMES,
  DECAYED_14,
  DECAYED_45,
  DECAYED_120,
  DECAYED_365,
  /** Share of the customer's visits with the product. */
  VISIT_SHARE,
  /** Since the customer's last purchase of it, also in visits and as a share of all visits. */
  DAYS_SINCE,
  VISITS_SINCE,
  VISITS_SINCE_SHARE,
  /** From the first to the last purchase, and mean days between two. */
  SPAN,
  INTERVAL,
  /**
   * Days since the last purchase, divided by the customer's own interval (1 means due) and by the
   * product's.
   */
  DUE,
  DUE_LIKE_OTHERS,
  /** Days since the last purchase, divided by the mean days between the customer's visits. */
  SINCE_IN_VISITS,
  /**
   * Scores of the generators: similar to products bought, predicted by products bought, similar to
   * the last visit, similar customers.
   */
  BY_PRODUCTS,
  BY_REGRESSION,
  BY_LAST_VISIT,
  BY_CUSTOMERS,
  /** Ranks of the candidate by the generators' scores. */
  PLACE_BY_PRODUCTS,
  PLACE_BY_REGRESSION,
  PLACE_BY_CUSTOMERS,
  PLACE_BY_FREQUENCY,
  /** Share of the usual store's purchases in 56 days, in thousandths. */
  IN_STORE,
  /**
   * Share of the customer's decayed purchases in the category, and that share divided by the share
   * over all customers.
   */
  CATEGORY_SHARE,
  CATEGORY_LIFT,
  /** Purchases a day in 7, 28 and 84 days, and their ratios. */
  DAILY_7,
  DAILY_28,
  DAILY_84,
  TREND_7,
  TREND_28,
  BUYERS,
  REPEAT_SHARE,
  PRODUCT_INTERVAL,
  /** Days since the product was first and last sold to any customer. */
  PRODUCT_AGE,
  PRODUCT_SINCE,
  /**
   * The customer: products per visit, share of repeated purchases, since the last visit, between
   * visits. Other attributes of the customer (tenure, number of visits, prices) made the ranking
   * worse on real data.
   */
  VISIT_SIZE,
  REPEATS,
  SINCE_VISIT,
  VISIT_INTERVAL;

  static final int COUNT = values().length;

  /** Features that are known only for products the customer has bought; counts are 0 instead. */
  static final List<PairFeature> UNKNOWN_WITHOUT_PURCHASE =
      List.of(
          DAYS_SINCE,
          VISITS_SINCE,
          VISITS_SINCE_SHARE,
          SPAN,
          INTERVAL,
          DUE,
          DUE_LIKE_OTHERS,
          SINCE_IN_VISITS);

  /** Column of the feature in a row: training and scoring use the order above. */
  @SuppressWarnings("EnumOrdinal") // The order is stored with the model, by name.
  int place() {
    return ordinal();
  }

  /** The names as stored with the model: a model with other features cannot be used. */
  static List<String> names() {
    return Arrays.stream(values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }
}
