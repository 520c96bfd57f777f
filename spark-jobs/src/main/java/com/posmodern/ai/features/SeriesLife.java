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
 * From when to when a product is on sale in a store, told from rows of {@code daily_demand}: each
 * rule as a Spark expression, and beside it on the values of one series.
 *
 * <p>A life begins with the first day that sold and ends with the as-of date; that of a
 * discontinued product ends with its last day on sale, or its last line when one came later. Rows
 * before it are of a product that was out of stock or brought back before the store sold it.
 */
public final class SeriesLife {
  private SeriesLife() {}

  /** Whether units were sold on a row's day, even if as many came back. */
  public static Column isSale() {
    return col(UNIT_PRICE).isNotNull();
  }

  /**
   * {@link #isSale()} of one day.
   *
   * @param unitPrice NaN for null
   */
  public static boolean isSale(float unitPrice) {
    return !Float.isNaN(unitPrice);
  }

  /** Whether a sale or a return was booked on a row's day. */
  public static Column isLine() {
    return isSale().or(isReturn());
  }

  /** Whether units came back on a row's day. */
  public static Column isReturn() {
    return col(RETURNED).gt(0);
  }

  /** The row's date when it {@link #isSale}; else null. */
  public static Column dayOfSale() {
    return when(isSale(), col(BUSINESS_DATE));
  }

  /** The row's date when it {@link #isLine}; else null. */
  static Column dayOfLine() {
    return when(isLine(), col(BUSINESS_DATE));
  }

  /**
   * Last date of a life.
   *
   * @param lastLine date of the series' last line
   * @param discontinuedOn last day on sale; null while it is on sale
   */
  public static Column end(Column lastLine, Column discontinuedOn, LocalDate asOf) {
    return when(discontinuedOn.isNotNull(), least(lit(asOf), greatest(discontinuedOn, lastLine)))
        .otherwise(lit(asOf));
  }

  /**
   * {@link #end(Column, Column, LocalDate)} of one series, in epoch days.
   *
   * @param discontinuedOn {@link Integer#MAX_VALUE} while it is on sale
   */
  public static int end(int lastLine, int discontinuedOn, int asOf) {
    return Math.min(asOf, Math.max(discontinuedOn, lastLine));
  }
}
