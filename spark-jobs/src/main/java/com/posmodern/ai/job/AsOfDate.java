package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Finds the as-of date where nobody names one. */
public final class AsOfDate {
  private static final String DAY = "day";
  private static final String LINES = "lines";
  private static final String USUAL = "usual";
  private static final int WEEKS = 4;

  private AsOfDate() {}

  /**
   * The last day before {@code today} with at least a third of the sales lines of a mean day of the
   * four weeks before it: a half-loaded day, or lines with a date in the future, must not set the
   * night's date.
   *
   * @param today in UTC
   * @throws PosException bad data when no day qualifies
   */
  public static LocalDate lastComplete(Lake lake, LocalDate today) {
    Dataset<Row> days =
        lake.read(Table.SALES_LINES, lake.version(Table.SALES_LINES))
            .where(col(SOLD_AT).lt(java.sql.Date.valueOf(today)))
            .groupBy(to_date(col(SOLD_AT)).as(DAY))
            .agg(count(lit(1)).as(LINES));
    // One row a day of history: small enough for a window without partitions.
    Row last =
        days
            .select(
                col(DAY),
                col(LINES),
                avg(LINES).over(Window.orderBy(col(DAY)).rowsBetween(-7L * WEEKS, -1)).as(USUAL))
            .where(col(USUAL).isNull().or(col(LINES).geq(col(USUAL).divide(3))))
            .orderBy(col(DAY).desc())
            .select(DAY)
            .limit(1)
            .collectAsList()
            .stream()
            .findFirst()
            .orElseThrow(
                () ->
                    PosException.badData(
                        "no sale before " + today,
                        Table.SALES_LINES + " at " + lake.location(Table.SALES_LINES),
                        "Import sales, or name the date with --as-of."));
    return last.getDate(0).toLocalDate();
  }
}
