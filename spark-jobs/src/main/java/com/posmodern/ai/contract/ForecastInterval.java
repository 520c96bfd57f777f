package com.posmodern.ai.contract;

/** What the columns p10 and p90 of forecasts mean: their names fix it, so it is no setting. */
public final class ForecastInterval {
  /** Share of days that may lie below p10, and above p90. */
  public static final double TAIL = 0.1;

  /** The standard normal distribution's quantile of 1 - {@link #TAIL}. */
  public static final double NORMAL_QUANTILE = 1.2816;

  /** p10 to p90 of a normal distribution, in standard deviations. */
  public static final double NORMAL_WIDTH = 2 * NORMAL_QUANTILE;

  private ForecastInterval() {}
}
