package com.posmodern.ai.forecast;

import java.util.Locale;

/** Ways to forecast a series, the simplest first: a tie goes to the earlier one. */
public enum Candidate {
  /** Nothing is ever sold: on sparse series the one to beat in absolute error. */
  ZERO(Kind.BASELINE),
  /** The last known demand of the same weekday. */
  SEASONAL_NAIVE(Kind.BASELINE),
  /** Mean of the last days, the same for the whole horizon. */
  MOVING_AVERAGE(Kind.BASELINE),
  /** Mean of the same weekday in the last eight weeks. */
  WEEKDAY_MEAN(Kind.BASELINE),
  /** The same with zeros before the first sale, so that sums of series add up to the store's. */
  WEEKDAY_MEAN_ALL_DAYS(Kind.BASELINE),
  /** Simple exponential smoothing: the same for the whole horizon. */
  SMOOTHING(Kind.BASELINE),
  /** Exponential smoothing of each weekday on its own. */
  SEASONAL_SMOOTHING(Kind.BASELINE),
  /** The same with zeros before the first sale. */
  SEASONAL_SMOOTHING_ALL_DAYS(Kind.BASELINE),
  /**
   * Mean of the last eight weeks with zeros before the first sale, times what the category sells on
   * that weekday beside its mean.
   */
  CATEGORY_WEEKDAYS_ALL_DAYS(Kind.BASELINE),
  /** Croston's method with the correction of Syntetos and Boylan, for intermittent demand. */
  CROSTON_SBA(Kind.BASELINE),
  /** Mean of the category in the store, blended with the own days there are; for new series. */
  CATEGORY_MEAN(Kind.FOR_NEW_SERIES),
  /** Spark's gradient-boosted trees with squared loss. */
  MLLIB_GBT(Kind.TRAINED),
  /** XGBoost with Tweedie loss. */
  XGBOOST_TWEEDIE(Kind.TRAINED);

  private enum Kind {
    BASELINE,
    FOR_NEW_SERIES,
    TRAINED
  }

  private final Kind kind;

  Candidate(Kind kind) {
    this.kind = kind;
  }

  /** True when there is a model to train and to keep. */
  public boolean trained() {
    return kind == Kind.TRAINED;
  }

  /**
   * True for the simple methods that forecast every series: the published forecast must beat all.
   */
  public boolean baseline() {
    return kind == Kind.BASELINE;
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
