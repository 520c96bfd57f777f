package com.posmodern.ai.recommend.rank;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the ranker sees of a customer and a candidate; NaN where it is unknown. Days unless said
 * otherwise; a purchase is a product on a day.
 */
enum PairFeature {
  /** Purchases by the customer, in all and decayed by half-lives of 14, 45, 120 and 365 days. */
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
  /** Days since, over the customer's own interval: 1 is due; and over the product's. */
  DUE,
  DUE_LIKE_OTHERS,
  /** Days since, over days between the customer's visits. */
  SINCE_IN_VISITS,
  /** Generators' scores: like products bought, like the last visit, like customers. */
  BY_PRODUCTS,
  BY_LAST_VISIT,
  BY_CUSTOMERS,
  /** Places of the candidate by the generators' scores. */
  PLACE_BY_PRODUCTS,
  PLACE_BY_CUSTOMERS,
  PLACE_BY_FREQUENCY,
  /** Thousandths of the usual store's purchases in 56 days. */
  IN_STORE,
  /** Share of the customer's decayed purchases in the category, and over everybody's share. */
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
  /** Since the product was first and last sold to anybody. */
  PRODUCT_AGE,
  PRODUCT_SINCE,
  /**
   * The customer: products per visit, share of repeated purchases, since the last visit, between
   * visits. What else tells customers apart (tenure, number of visits, prices) made the order of a
   * customer's products worse on real data.
   */
  VISIT_SIZE,
  REPEATS,
  SINCE_VISIT,
  VISIT_INTERVAL;

  static final int COUNT = values().length;

  /** What only a purchase by the customer tells; their counts are 0 instead. */
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

  /** Column of the feature in a row: features are trained and scored in the order above. */
  @SuppressWarnings("EnumOrdinal") // The order is kept with the model, by name.
  int place() {
    return ordinal();
  }

  /** As the model's table keeps them: a model of other features cannot score. */
  static List<String> names() {
    return Arrays.stream(values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }
}
