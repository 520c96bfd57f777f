package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.END_KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Plans as they were known on the as-of date, where the retailer records since when: a night that
 * is run again later must not see what was announced in between.
 */
final class AsKnown {
  private AsKnown() {}

  /**
   * Promotions, events and values of trends announced by then; products without an end that was
   * decided later.
   */
  static Dataset<Row> on(LocalDate asOf, Table table, Dataset<Row> rows) {
    return switch (table) {
      case PROMOTIONS, LOCAL_EVENTS, TREND_SIGNALS -> rows.where(by(asOf, KNOWN_FROM));
      case PRODUCTS ->
          rows.withColumn(DISCONTINUED_ON, when(by(asOf, END_KNOWN_FROM), col(DISCONTINUED_ON)));
      default -> rows;
    };
  }

  /** A row without a date counts as known from the beginning. */
  private static Column by(LocalDate asOf, String knownFrom) {
    return coalesce(col(knownFrom).leq(lit(asOf)), lit(true));
  }
}
