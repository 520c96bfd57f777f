package com.posmodern.ai.forecast;

import java.util.Locale;

/** Ways to forecast a series, the simplest first: a tie goes to the earlier one. */
public enum Candidate {
  /** The last known demand of the same weekday; the baseline. */
  SEASONAL_NAIVE(false),
  /** Mean of the last days, the same for the whole horizon. */
  MOVING_AVERAGE(false),
  /** Mean of the category in the store, blended with the own days there are; for new series. */
  CATEGORY_MEAN(false),
  /** Spark's gradient-boosted trees with squared loss. */
  MLLIB_GBT(true),
  /** XGBoost with Tweedie loss. */
  XGBOOST_TWEEDIE(true);

  private final boolean trained;

  Candidate(boolean trained) {
    this.trained = trained;
  }

  /** True when there is a model to train and to keep. */
  public boolean trained() {
    return trained;
  }

  /** Name in the tables. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The candidate of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Candidate ofId(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }
}
