package com.posmodern.ai.model;

import java.util.Locale;

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

  /** Scope of products that no store had sold before. */
  public static final String NEW_PRODUCT = "new_product";

  /** Scope of products that other stores had sold before. */
  public static final String NEWLY_LISTED = "newly_listed";

  /** Scope of stores that opened lately. */
  public static final String NEW_STORE = "new_store";

  /** Scope of a tenth of the rows in an order, counted from 1. */
  public static String tenth(int number) {
    return String.format(Locale.ROOT, "tenth %02d", number);
  }
}
