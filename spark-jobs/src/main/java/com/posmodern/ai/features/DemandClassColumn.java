package com.posmodern.ai.features;

import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.DemandClass;
import org.apache.spark.sql.Column;

/**
 * {@link DemandClass} as an expression: how often a series sells, and how much the amounts vary.
 */
final class DemandClassColumn {
  private DemandClassColumn() {}

  /**
   * {@code new}, {@code smooth}, {@code erratic}, {@code intermittent} or {@code lumpy}.
   *
   * @param interval mean days between days with demand (ADI)
   * @param variation squared coefficient of variation of the non-zero demands (CV²)
   */
  static Column of(Column isNew, Column interval, Column variation) {
    Column frequent = interval.lt(DemandClass.INTERVAL_CUT);
    Column even = variation.lt(DemandClass.VARIATION_CUT);
    return when(isNew, DemandClass.NEW.id())
        .when(frequent.and(even), DemandClass.SMOOTH.id())
        .when(frequent, DemandClass.ERRATIC.id())
        .when(even, DemandClass.INTERMITTENT.id())
        .otherwise(DemandClass.LUMPY.id());
  }
}
