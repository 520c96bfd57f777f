package com.posmodern.ai.quality;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the last date of business that the sales hold whole. */
public final class CompleteDays {
  private CompleteDays() {}

  /**
   * The last date that is over in every store, by the stores' own clocks, with at least a tenth of
   * the sales lines of a busy day (the 90th percentile of all days): a half-loaded day, or lines
   * with a date in the future, must not set the night's date.
   *
   * @param sales rows of the source table
   * @param stores sound rows of the source table, see {@link SoundRows}; without any, dates are of
   *     UTC
   * @return empty when nothing was sold before
   */
  public static Optional<LocalDate> last(Dataset<Row> sales, Dataset<Row> stores, Instant now) {
    return SalesDays.of(StoreClock.dated(sales, stores))
        .lastComplete(StoreClock.earliestDate(stores, now));
  }
}
