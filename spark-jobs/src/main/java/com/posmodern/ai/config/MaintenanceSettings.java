package com.posmodern.ai.config;

/**
 * How long the lake keeps its tables' dates, and when small files are compacted and old files
 * removed.
 *
 * @param keptFeatureDates newest as-of dates kept in the features
 * @param keptModelDates newest as-of dates kept in the models; champions are kept regardless of age
 * @param keptResultDates newest as-of dates kept in the results; kept publications are never
 *     dropped
 * @param keptOpsDates newest as-of dates kept in the ledgers
 * @param compactBelowMib files smaller than this are compacted, in mebibytes
 * @param vacuumHours files that no version of the last this many hours needs are removed
 */
public record MaintenanceSettings(
    int keptFeatureDates,
    int keptModelDates,
    int keptResultDates,
    int keptOpsDates,
    int compactBelowMib,
    int vacuumHours) {
  /** The minimum that Delta considers safe while other jobs read and write. */
  private static final int SAFE_HOURS = 168;

  public MaintenanceSettings {
    SettingChecks.positive("kept_feature_dates", keptFeatureDates);
    SettingChecks.positive("kept_model_dates", keptModelDates);
    SettingChecks.positive("kept_result_dates", keptResultDates);
    SettingChecks.positive("kept_ops_dates", keptOpsDates);
    SettingChecks.positive("compact_below_mib", compactBelowMib);
    SettingChecks.that(
        vacuumHours >= SAFE_HOURS,
        "vacuum_hours",
        "be at least %d, or a running job may lose its files".formatted(SAFE_HOURS));
  }
}
