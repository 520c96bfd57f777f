package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Converts timestamps in UTC into the local time of the store. */
final class StoreClock {
  /** Local time of the store; UTC when the store is unknown. */
  static final String LOCAL_TIME = "_local_time";

  /** Day of {@link #LOCAL_TIME}. */
  static final String LOCAL_DATE = "_local_date";

  static final String STORE_IS_KNOWN = "_store_is_known";

  private StoreClock() {}

  /** SQL condition on stores: their time zone is one that Java, and therefore Spark, knows. */
  static String knownZone() {
    return ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", ", TIME_ZONE + " IN (", ")"));
  }

  /**
   * Sales lines with {@link #LOCAL_TIME}, {@link #LOCAL_DATE} and {@link #STORE_IS_KNOWN}.
   *
   * @param stores one row per store, each with a known zone
   */
  static Dataset<Row> dated(Dataset<Row> sales, Dataset<Row> stores) {
    Dataset<Row> clocks =
        stores.select(col(STORE_ID), col(TIME_ZONE), lit(true).as(STORE_IS_KNOWN));
    return sales
        .join(broadcast(clocks), new String[] {STORE_ID}, "left")
        .withColumn(LOCAL_TIME, localTime(zones(stores)))
        .withColumn(LOCAL_DATE, to_date(col(LOCAL_TIME)))
        .drop(TIME_ZONE);
  }

  /** The current date in the store where it is earliest; in UTC without stores. */
  static LocalDate earliestDate(Dataset<Row> stores, Instant now) {
    return zones(stores).stream()
        .map(zone -> LocalDate.ofInstant(now, ZoneId.of(zone)))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /**
   * One CASE branch per zone: Spark parses a literal zone once, but a zone from a column for every
   * row.
   */
  private static Column localTime(List<String> zones) {
    Column local = col(SOLD_AT);
    for (String zone : zones) {
      local =
          when(col(TIME_ZONE).equalTo(zone), from_utc_timestamp(col(SOLD_AT), zone))
              .otherwise(local);
    }
    return local;
  }

  /** Bounded by the few hundred time zones that exist. */
  private static List<String> zones(Dataset<Row> stores) {
    return stores.select(col(TIME_ZONE)).distinct().as(Encoders.STRING()).collectAsList().stream()
        .sorted()
        .toList();
  }
}
