package com.posmodern.ai.config;

import java.util.Map;

/**
 * How Spark runs where no {@code spark-submit} says otherwise.
 *
 * @param master such as {@code local[*]}
 * @param jobsAtOnce jobs of the night that run at the same time in the one session
 * @param options Spark's own configuration keys; what {@code spark-submit --conf} gives wins
 */
public record SparkSettings(String master, int jobsAtOnce, Map<String, String> options) {
  public SparkSettings {
    SettingChecks.text("master", master);
    SettingChecks.positive("jobs_at_once", jobsAtOnce);
    options = Map.copyOf(options);
  }
}
