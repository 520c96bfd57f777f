package com.posmodern.ai.features;

import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;

/**
 * How a demand series comes: how often, and in how even amounts.
 *
 * <p>Cut-offs of Syntetos, Boylan and Croston, On the categorization of demand patterns, Journal of
 * the Operational Research Society 56 (2005).
 */
final class DemandClassColumn {
  static final double INTERVAL_CUT_OFF = 1.32;
  static final double VARIATION_CUT_OFF = 0.49;

  private DemandClassColumn() {}

  /**
   * {@code new}, {@code smooth}, {@code erratic}, {@code intermittent} or {@code lumpy}.
   *
   * @param interval mean days between days with demand (ADI)
   * @param variation squared coefficient of variation of the non-zero demands (CV²)
   */
  static Column of(Column isNew, Column interval, Column variation) {
    Column frequent = interval.lt(INTERVAL_CUT_OFF);
    Column even = variation.lt(VARIATION_CUT_OFF);
    return when(isNew, "new")
        .when(frequent.and(even), "smooth")
        .when(frequent, "erratic")
        .when(even, "intermittent")
        .otherwise("lumpy");
  }
}
