package com.posmodern.ai.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the last business date for which the sales are complete. */
public final class CompleteDays {
  private CompleteDays() {}

  /**
   * The last date that is over in every store's time zone and has at least a tenth of the sales
   * lines of a busy day (the 90th percentile of all days): a partly loaded day, or lines dated in
   * the future, must not determine the as-of date.
   *
   * @param sales rows of the source table
   * @param stores valid rows of the source table, see {@link ValidRows}; without any, dates are in
   *     UTC
   * @return empty when there are no earlier sales
   */
  public static Optional<LocalDate> last(Dataset<Row> sales, Dataset<Row> stores, Instant now) {
    StoreClock clock = StoreClock.of(stores);
    return new BusinessDates(SalesDays.of(clock.dated(sales)).days())
        .lastComplete(clock.earliestDate(now));
  }
}
