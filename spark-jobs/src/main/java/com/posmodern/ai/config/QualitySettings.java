package com.posmodern.ai.config;

import java.util.Map;

/**
 * How strict the quality checks are.
 *
 * @param defaultTolerance share of a table's rows that may break an error rule without its own
 *     tolerance
 * @param futureDays a line dated more than this many days after the as-of date is quarantined
 * @param driftRows relative change of the day's number of lines against the same weekdays above
 *     which a warning is reported
 * @param driftShare change of a share, such as that of anonymous lines, above which a warning is
 *     reported
 * @param dayTolerance share of the as-of date's lines that may break an error rule
 * @param arrivedShare share of a store's usual number of lines below which its day counts as partly
 *     arrived
 * @param lateStores what to do when a store's data for the as-of date are incomplete or missing
 * @param customerShare share of all identified lines above which a customer id is taken for a house
 *     card, not a person
 * @param oldestHours by the name of a source table that grows day by day: how old its newest row
 *     may be at the end of the as-of date; a source that is not named may be of any age
 */
public record QualitySettings(
    double defaultTolerance,
    int futureDays,
    double driftRows,
    double driftShare,
    double dayTolerance,
    double arrivedShare,
    LateStorePolicy lateStores,
    double customerShare,
    Map<String, Integer> oldestHours) {

  /** Rows further back are not looked for. */
  private static final int MOST_HOURS = 35 * 24;

  /** What to do about stores whose data for the day are incomplete. */
  public enum LateStorePolicy {
    /**
     * Their results by store stay those of the last night; the night continues and reports these
     * stores. Their demand of that day is unknown to the models.
     */
    KEEP,
    /** As {@link #KEEP}, but their results are computed again, without that day. */
    WARN,
    /** The night stops with exit code 3. */
    STOP
  }

  public QualitySettings {
    SettingChecks.share("default_tolerance", defaultTolerance);
    SettingChecks.notNegative("future_days", futureDays);
    SettingChecks.positive("drift_rows", driftRows);
    SettingChecks.positive("drift_share", driftShare);
    SettingChecks.share("day_tolerance", dayTolerance);
    SettingChecks.share("arrived_share", arrivedShare);
    SettingChecks.that(lateStores != null, "late_stores", "be KEEP, WARN or STOP");
    SettingChecks.share("customer_share", customerShare);
    oldestHours = Map.copyOf(oldestHours);
    oldestHours.forEach(
        (table, hours) ->
            SettingChecks.that(
                hours >= 1 && hours <= MOST_HOURS,
                "oldest_hours." + table,
                "be from 1 to %d, is %d".formatted(MOST_HOURS, hours)));
  }
}
