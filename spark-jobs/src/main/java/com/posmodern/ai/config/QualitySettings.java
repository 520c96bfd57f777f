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
    if (!(defaultTolerance >= 0 && defaultTolerance <= 1)) {
      throw new IllegalArgumentException("default_tolerance must be a share from 0 to 1");
    }
    if (futureDays < 0) {
      throw new IllegalArgumentException("future_days must be 0 or more");
    }
    if (!(driftRows > 0)) {
      throw new IllegalArgumentException("drift_rows must be more than 0");
    }
    if (!(driftShare > 0 && driftShare <= 1)) {
      throw new IllegalArgumentException("drift_share must be more than 0 and at most 1");
    }
  }
}
