package com.posmodern.ai.night;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.quality.CompleteDays;
import com.posmodern.ai.quality.ValidRows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Determines the as-of date when none is given. */
public final class AsOfDate {
  private AsOfDate() {}

  /**
   * The last business day that is over and complete in the lake's sales, see {@link CompleteDays}.
   *
   * @throws PosException bad data when there is no such day
   */
  public static LocalDate lastComplete(Lake lake, Instant now) {
    return lastCompleteIfAny(lake, now)
        .orElseThrow(
            () ->
                PosException.badData(
                    "no sale before " + now,
                    Table.SALES_LINES + " at " + lake.location(Table.SALES_LINES),
                    "Import sales, or give the date with --as-of."));
  }

  /** The same; empty when there is no such day. */
  public static Optional<LocalDate> lastCompleteIfAny(Lake lake, Instant now) {
    Dataset<Row> stores =
        lake.exists(Table.STORES)
            ? validStores(lake, lake.version(Table.STORES))
            : lake.spark().createDataFrame(List.of(), Contracts.of(Table.STORES).schema());
    return CompleteDays.last(lake.read(Table.SALES_LINES), stores, now);
  }

  private static Dataset<Row> validStores(Lake lake, long version) {
    return lake.onceIfSmall(
        Table.STORES,
        version,
        Optional.empty(),
        () -> ValidRows.of(Table.STORES, lake.read(Table.STORES, version)));
  }
}
