package com.posmodern.ai.config;

/**
 * How strict the quality checks are.
 *
 * @param defaultTolerance share of a table's rows that may break an error rule which names no
 *     tolerance of its own
 * @param futureDays days after the as-of date that a line may be dated before it is refused
 * @param driftRows relative change of the day's lines against the same weekdays that is reported
 * @param driftShare change of a share, such as that of anonymous lines, that is reported
 * @param dayTolerance share of the as-of date's lines that may break an error rule
 * @param arrivedShare share of a store's usual lines below which a day is partly arrived
 * @param lateStores what happens when a store's as-of date is partly arrived or missing
 * @param customerShare share of all identified lines above which a customer is nobody in particular
 */
public record QualitySettings(
    double defaultTolerance,
    int futureDays,
    double driftRows,
    double driftShare,
    double dayTolerance,
    double arrivedShare,
    LateStores lateStores,
    double customerShare) {

  /** What to do about stores whose day has not arrived whole. */
  public enum LateStores {
    /** Their day is unknown to the models, the night goes on and names them. */
    WARN,
    /** The night stops with exit code 3. */
    STOP
  }

  public QualitySettings {
    Checks.share("default_tolerance", defaultTolerance);
    Checks.notNegative("future_days", futureDays);
    Checks.positive("drift_rows", driftRows);
    Checks.positive("drift_share", driftShare);
    Checks.share("day_tolerance", dayTolerance);
    Checks.share("arrived_share", arrivedShare);
    Checks.that(lateStores != null, "late_stores", "be WARN or STOP");
    Checks.share("customer_share", customerShare);
  }
}
