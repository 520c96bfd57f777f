package com.posmodern.ai.model;

/**
 * One value of an evaluation metric.
 *
 * @param candidate candidate or baseline measured
 * @param scope part of the data it was measured on; {@link #ALL} for the whole
 * @param value NaN where the metric is not defined
 * @param baseline true for a naive baseline
 */
public record Metric(
    String candidate,
    String scope,
    String name,
    double value,
    boolean baseline,
    boolean higherIsBetter) {
  public static final String ALL = "all";
}
