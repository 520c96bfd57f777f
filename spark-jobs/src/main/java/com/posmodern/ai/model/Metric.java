package com.posmodern.ai.model;

/**
 * One figure of an evaluation.
 *
 * @param candidate candidate or baseline measured
 * @param scope part of the data measured; {@link #ALL} for the whole
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
