package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * From when to when a product is on sale in a store, told from rows of {@code daily_demand}.
 *
 * <p>A life begins with the first day that sold and ends with the as-of date; that of a
 * discontinued product ends with its last day on sale, or its last line when one came later. Rows
 * before it are of a product that was out of stock or brought back before the store sold it.
 */
final class SeriesLife {
  private SeriesLife() {}

  /** The row's date when units were sold on it, even if as many came back; else null. */
  static Column dayOfSale() {
    return when(col(UNIT_PRICE).isNotNull(), col(BUSINESS_DATE));
  }

  /** The row's date when a sale or a return was booked on it; else null. */
  static Column dayOfLine() {
    return when(col(UNIT_PRICE).isNotNull().or(col(RETURNED).gt(0)), col(BUSINESS_DATE));
  }

  /**
   * Last date of a life.
   *
   * @param lastLine date of the series' last line
   * @param discontinuedOn last day on sale; null while it is on sale
   */
  static Column end(Column lastLine, Column discontinuedOn, LocalDate asOf) {
    return when(discontinuedOn.isNotNull(), least(lit(asOf), greatest(discontinuedOn, lastLine)))
        .otherwise(lit(asOf));
  }
}
