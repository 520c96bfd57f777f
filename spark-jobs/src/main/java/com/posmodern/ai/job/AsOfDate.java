package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.to_date;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the as-of date where nobody names one. */
public final class AsOfDate {
  private static final String DAY = "day";
  private static final String LINES = "lines";
  private static final String BUSY = "busy";
  private static final double BUSY_DAY = 0.9;
  private static final int ACCURACY = 10_000;

  private AsOfDate() {}

  /**
   * The last day before {@code today} with at least a tenth of the sales lines of a busy day (the
   * 90th percentile of all days): a half-loaded day, or lines with a date in the future, must not
   * set the night's date.
   *
   * @param today in UTC
   * @throws PosException bad data when there is no such day
   */
  public static LocalDate lastComplete(Lake lake, LocalDate today) {
    Dataset<Row> days =
        lake.read(Table.SALES_LINES, lake.version(Table.SALES_LINES))
            .where(col(SOLD_AT).lt(java.sql.Date.valueOf(today)))
            .groupBy(to_date(col(SOLD_AT)).as(DAY))
            .agg(count(lit(1)).as(LINES));
    Row last =
        days.crossJoin(
                days.agg(percentile_approx(col(LINES), lit(BUSY_DAY), lit(ACCURACY)).as(BUSY)))
            .where(col(LINES).geq(col(BUSY).divide(10)))
            .agg(max(DAY))
            .head();
    if (last.isNullAt(0)) {
      throw PosException.badData(
          "no sale before " + today,
          Table.SALES_LINES + " at " + lake.location(Table.SALES_LINES),
          "Import sales, or name the date with --as-of.");
    }
    return last.getDate(0).toLocalDate();
  }
}
