package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.OPEN;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Days on which the whole chain is closed according to the opening calendar. */
public final class ClosedDays {
  private ClosedDays() {}

  /**
   * The as-of date if every store was closed on it; otherwise empty.
   *
   * @param storeDays valid rows of {@code source.store_days}
   */
  public static Set<LocalDate> ofTheChain(
      Dataset<Row> storeDays, Dataset<Row> stores, LocalDate asOf) {
    long closed =
        storeDays
            .where(col(BUSINESS_DATE).equalTo(lit(asOf)).and(not(col(OPEN))))
            .join(stores.select(STORE_ID), new String[] {STORE_ID}, "left_semi")
            .agg(count_distinct(col(STORE_ID)))
            .first()
            .getLong(0);
    return closed > 0 && closed >= stores.count() ? Set.of(asOf) : Set.of();
  }
}
