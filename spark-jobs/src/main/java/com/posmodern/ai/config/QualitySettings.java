package com.posmodern.ai.config;

/**
 * How strict the quality checks are.
 *
 * @param defaultTolerance share of a table's rows that may break an error rule which names no
 *     tolerance of its own
 * @param futureDays days after the as-of date that a line may be dated before it is refused
 * @param driftRows relative change of the day's lines against the same weekdays that is reported
 * @param driftShare change of a share, such as that of anonymous lines, that is reported
 */
public record QualitySettings(
    double defaultTolerance, int futureDays, double driftRows, double driftShare) {

  public QualitySettings {
    Checks.share("default_tolerance", defaultTolerance);
    Checks.notNegative("future_days", futureDays);
    Checks.positive("drift_rows", driftRows);
    Checks.positive("drift_share", driftShare);
  }
}
