package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A feature of a customer, or of a customer and a category, on a day (the cut); NaN where unknown.
 * Windows are the days up to the cut. Nothing of the calendar is among them: with a few cuts it
 * would only number them. Nor is the segment: it is made of the same habits, as of another day.
 */
public enum PropensityFeature {
  RECENCY(Reason.RECENCY),
  TENURE(Reason.TENURE),
  DAYS_28(Reason.FREQUENCY),
  DAYS_84(Reason.FREQUENCY),
  DAYS_365(Reason.FREQUENCY),
  DAYS_TREND(Reason.TREND),
  VALUE_28(Reason.VALUE),
  VALUE_84(Reason.VALUE),
  VALUE_365(Reason.VALUE),
  VALUE_TREND(Reason.TREND),
  MEAN_GAP(Reason.RHYTHM),
  GAP_SPREAD(Reason.RHYTHM),
  LAST_GAP(Reason.RHYTHM),
  OVERDUE(Reason.RHYTHM),
  BASKET_VALUE(Reason.BASKET),
  BASKET_VALUE_SPREAD(Reason.BASKET),
  BASKET_LINES(Reason.BASKET),
  BASKET_CATEGORIES(Reason.BASKET),
  PROMOTION_SHARE(Reason.PROMOTION),
  DISCOUNT_SHARE(Reason.PROMOTION),
  ONLINE_SHARE(Reason.CHANNEL),
  WEEKEND_SHARE(Reason.TIME),
  MONTH_START_SHARE(Reason.TIME),
  DAYS_YEAR_AGO(Reason.SEASON),
  STORE_ACTIVITY(Reason.STORE),
  CATEGORY_RECENCY(Reason.CATEGORY_RECENCY),
  CATEGORY_TENURE(Reason.CATEGORY_RECENCY),
  CATEGORY_DAYS_28(Reason.CATEGORY_FREQUENCY),
  CATEGORY_DAYS_84(Reason.CATEGORY_FREQUENCY),
  CATEGORY_DAYS_365(Reason.CATEGORY_FREQUENCY),
  CATEGORY_SHARE(Reason.CATEGORY_SHARE),
  CATEGORY_SHARE_84(Reason.CATEGORY_SHARE),
  CATEGORY_VALUE_365(Reason.CATEGORY_FREQUENCY),
  CATEGORY_MEAN_GAP(Reason.CATEGORY_RHYTHM),
  CATEGORY_LAST_GAP(Reason.CATEGORY_RHYTHM),
  CATEGORY_OVERDUE(Reason.CATEGORY_RHYTHM),
  CATEGORY_DAYS_YEAR_AGO(Reason.SEASON),
  CATEGORY_POPULARITY(Reason.CATEGORY_POPULARITY),
  CATEGORY_POPULARITY_TREND(Reason.CATEGORY_POPULARITY),
  OFFERS_SENT(Reason.OFFERS),
  OFFERS_TAKEN(Reason.OFFERS),
  OFFERS_OPENED(Reason.OFFERS),
  OFFER_RECENCY(Reason.OFFERS);

  /** What a person is told; the feature that stands for it is the one whose value is shown. */
  enum Reason {
    RECENCY,
    TENURE,
    FREQUENCY,
    TREND,
    VALUE,
    RHYTHM,
    BASKET,
    PROMOTION,
    CHANNEL,
    TIME,
    SEASON,
    STORE,
    CATEGORY_RECENCY,
    CATEGORY_FREQUENCY,
    CATEGORY_SHARE,
    CATEGORY_RHYTHM,
    CATEGORY_POPULARITY,
    OFFERS
  }

  private final Reason reason;

  PropensityFeature(Reason reason) {
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }

  /** Name of the column. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  private boolean ofCategory() {
    return name().startsWith("CATEGORY_");
  }

  private boolean ofOffer() {
    return name().startsWith("OFFER");
  }

  static List<PropensityFeature> ofCustomers() {
    return Arrays.stream(values()).filter(f -> !f.ofCategory() && !f.ofOffer()).toList();
  }

  static List<PropensityFeature> ofCategories() {
    return Arrays.stream(values()).filter(f -> !f.ofOffer()).toList();
  }

  static List<PropensityFeature> ofOffers() {
    return Stream.concat(
            ofCustomers().stream(), Arrays.stream(values()).filter(PropensityFeature::ofOffer))
        .toList();
  }
}
