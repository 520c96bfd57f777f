package com.posmodern.ai.config;

/**
 * How long the lake keeps what, and when its files are joined and removed.
 *
 * @param keptFeatureDates newest as-of dates kept in the features
 * @param keptModelDates newest as-of dates kept in the models; champions stay whatever their age
 * @param keptResultDates newest as-of dates kept in the results; kept publications stay anyway
 * @param keptOpsDates newest as-of dates kept in the ledgers
 * @param compactBelowMib files smaller than this are joined, in mebibytes
 * @param vacuumHours files that no version of the last so many hours needs are removed
 */
public record MaintenanceSettings(
    int keptFeatureDates,
    int keptModelDates,
    int keptResultDates,
    int keptOpsDates,
    int compactBelowMib,
    int vacuumHours) {
  /** What Delta itself holds to be safe beside jobs that read and write. */
  private static final int SAFE_HOURS = 168;

  public MaintenanceSettings {
    Checks.positive("kept_feature_dates", keptFeatureDates);
    Checks.positive("kept_model_dates", keptModelDates);
    Checks.positive("kept_result_dates", keptResultDates);
    Checks.positive("kept_ops_dates", keptOpsDates);
    Checks.positive("compact_below_mib", compactBelowMib);
    Checks.that(
        vacuumHours >= SAFE_HOURS,
        "vacuum_hours",
        "be at least %d, or a job that runs loses its files".formatted(SAFE_HOURS));
  }
}
