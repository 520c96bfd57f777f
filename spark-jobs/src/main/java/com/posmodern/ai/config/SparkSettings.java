package com.posmodern.ai.config;

import java.util.Map;

/**
 * How Spark runs where no {@code spark-submit} says otherwise.
 *
 * @param master such as {@code local[*]}
 * @param options Spark's own configuration keys; what {@code spark-submit --conf} gives wins
 */
public record SparkSettings(String master, Map<String, String> options) {
  public SparkSettings {
    Checks.text("master", master);
    options = Map.copyOf(options);
  }
}
