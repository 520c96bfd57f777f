package com.posmodern.ai.campaign.propensity;

import java.util.List;

/** What is foretold of a customer; each kind is a model of its own in the registry. */
public enum PropensityKind {
  /** Buys in a category within {@link #horizonDays()}. */
  BUY_CATEGORY("propensity_buy_category", 28, PropensityFeature.ofCategories()),
  /** Buys nothing at all within a horizon that fits the customer's rhythm. */
  LAPSE("propensity_lapse", 0, PropensityFeature.ofCustomers()),
  /** Takes up an offer within {@link #horizonDays()}. */
  RESPOND("propensity_respond", 28, PropensityFeature.ofOffers()),
  /** Revenue of the next {@link #horizonDays()}: an amount, no probability. */
  VALUE("customer_value", 90, PropensityFeature.ofCustomers());

  private final String model;
  private final int horizonDays;

  @SuppressWarnings("ImmutableEnumChecker") // Unmodifiable lists only.
  private final List<PropensityFeature> features;

  PropensityKind(String model, int horizonDays, List<PropensityFeature> features) {
    this.model = model;
    this.horizonDays = horizonDays;
    this.features = features;
  }

  /** Name in the registry. */
  public String model() {
    return model;
  }

  /** Days after a cut in which it happens; 0 where every customer has a horizon of their own. */
  public int horizonDays() {
    return horizonDays;
  }

  /** In the order of the model's columns. */
  public List<PropensityFeature> features() {
    return features;
  }

  public boolean isAmount() {
    return this == VALUE;
  }

  /** Recency, frequency and value, of the category where there is one. */
  List<PropensityFeature> rfm() {
    return this == BUY_CATEGORY
        ? List.of(
            PropensityFeature.CATEGORY_RECENCY,
            PropensityFeature.CATEGORY_DAYS_365,
            PropensityFeature.CATEGORY_VALUE_365)
        : List.of(
            PropensityFeature.RECENCY, PropensityFeature.DAYS_365, PropensityFeature.VALUE_365);
  }
}
