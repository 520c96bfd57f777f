package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.SIGNAL_DATE;
import static com.posmodern.ai.contract.Columns.SIGNAL_VALUE;
import static com.posmodern.ai.contract.Columns.TERM;
import static com.posmodern.ai.contract.Columns.TOLD_BY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** Collects the trends: they grow with the terms of the settings and days only. */
final class TrendsReader {
  private static final String PRODUCT = "product";

  private final ForecastInput input;
  private final int firstDay;

  /**
   * @param firstDay first epoch day that counts
   */
  TrendsReader(ForecastInput input, int firstDay) {
    this.input = input;
    this.firstDay = firstDay;
  }

  /** What was told up to the as-of date; {@link KnownTrends#NONE} where the lake has none. */
  KnownTrends read() {
    KnownTrends.Builder trends = new KnownTrends.Builder();
    for (Row row : rows()) {
      String source = row.getString(0);
      String term = row.getString(1);
      String item = row.getString(3);
      int day = row.getInt(4);
      int knownFrom = row.getInt(5);
      double value = row.getDouble(6);
      if (row.getString(2).equals(PRODUCT)) {
        trends.ofProduct(source, term, item, day, knownFrom, value);
      } else {
        trends.ofCategory(source, term, item, day, knownFrom, value);
      }
    }
    return trends.build();
  }

  private List<Row> rows() {
    Column day = unix_date(col(SIGNAL_DATE));
    Column knownFrom = unix_date(col(KNOWN_FROM));
    return input
        .trends()
        .map(
            trends ->
                trends
                    .where(day.geq(firstDay).and(knownFrom.leq(input.asOfDay())))
                    .select(
                        col(TOLD_BY),
                        col(TERM),
                        col(KIND),
                        col(ITEM_ID),
                        day,
                        knownFrom,
                        col(SIGNAL_VALUE))
                    .collectAsList())
        .orElse(List.of());
  }
}
