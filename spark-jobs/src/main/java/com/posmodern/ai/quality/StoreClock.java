package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Converts timestamps in UTC into the local time of the store: one query finds all clocks. */
public final class StoreClock {
  /** Local time of the store; UTC when the store is unknown. */
  static final String LOCAL_TIME = "_local_time";

  /** Day of {@link #LOCAL_TIME}. */
  static final String LOCAL_DATE = "_local_date";

  static final String STORE_IS_KNOWN = "_store_is_known";

  /** Days closer to each other are read with those between. */
  private static final int SPAN_GAP = 7;

  private final Dataset<Row> clocks;
  private final SortedMap<String, String> zoneOf;

  private StoreClock(Dataset<Row> clocks, SortedMap<String, String> zoneOf) {
    this.clocks = clocks;
    this.zoneOf = zoneOf;
  }

  /**
   * The clocks of a retailer's stores, of which there are thousands at most.
   *
   * @param stores valid rows of the source table
   */
  public static StoreClock of(Dataset<Row> stores) {
    Dataset<Row> clocks = stores.select(col(STORE_ID), col(TIME_ZONE));
    List<Row> rows = clocks.collectAsList();
    SortedMap<String, String> zoneOf = new TreeMap<>();
    rows.forEach(row -> zoneOf.put(row.getString(0), row.getString(1)));
    return new StoreClock(stores.sparkSession().createDataFrame(rows, clocks.schema()), zoneOf);
  }

  /** Tells whether the stores or their zones are others. */
  public String digest() {
    return zoneOf.size() + ":" + Integer.toHexString(zoneOf.toString().hashCode());
  }

  /** SQL condition on stores: their time zone is one that Java, and therefore Spark, knows. */
  static String knownZone() {
    return ZoneId.getAvailableZoneIds().stream()
        .sorted()
        .map("'%s'"::formatted)
        .collect(Collectors.joining(", ", TIME_ZONE + " IN (", ")"));
  }

  /** Sales lines with {@link #LOCAL_TIME}, {@link #LOCAL_DATE} and {@link #STORE_IS_KNOWN}. */
  Dataset<Row> dated(Dataset<Row> sales) {
    return sales
        .join(
            broadcast(clocks.withColumn(STORE_IS_KNOWN, lit(true))),
            new String[] {STORE_ID},
            "left")
        .withColumn(LOCAL_TIME, localTime())
        .withColumn(LOCAL_DATE, to_date(col(LOCAL_TIME)))
        .drop(TIME_ZONE);
  }

  /**
   * Condition on sales lines that holds for all lines of the days, and for few others: files and
   * parts of files of other times need not be read.
   */
  static Column around(Days days) {
    List<String> parts = new ArrayList<>();
    LocalDate last = null;
    List<LocalDate[]> spans = new ArrayList<>();
    for (LocalDate date : days.dates()) {
      if (last == null || last.plusDays(SPAN_GAP).isBefore(date)) {
        spans.add(new LocalDate[] {date, date});
      }
      spans.get(spans.size() - 1)[1] = date;
      last = date;
    }
    for (LocalDate[] span : spans) {
      parts.add(
          "(%s >= %s AND %s < %s)"
              .formatted(SOLD_AT, utc(span[0].minusDays(1)), SOLD_AT, utc(span[1].plusDays(2))));
    }
    if (days.early()) {
      parts.add("%s < %s".formatted(SOLD_AT, utc(Days.EARLIEST.plusDays(1))));
    }
    if (days.late()) {
      parts.add("%s >= %s".formatted(SOLD_AT, utc(Days.LATEST)));
    }
    if (days.undated()) {
      parts.add(SOLD_AT + " IS NULL");
    }
    return parts.isEmpty() ? lit(false) : expr(String.join(" OR ", parts));
  }

  private static String utc(LocalDate midnight) {
    return "TIMESTAMP'%s 00:00:00Z'".formatted(midnight);
  }

  /** The current date in the store where it is earliest; in UTC without stores. */
  LocalDate earliestDate(Instant now) {
    return zoneOf.values().stream()
        .map(zone -> LocalDate.ofInstant(now, ZoneId.of(zone)))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /**
   * One CASE branch per zone: Spark parses a literal zone once, but a zone from a column for every
   * row.
   */
  private Column localTime() {
    Column local = col(SOLD_AT);
    for (String zone : new TreeSet<>(zoneOf.values())) {
      local =
          when(col(TIME_ZONE).equalTo(zone), from_utc_timestamp(col(SOLD_AT), zone))
              .otherwise(local);
    }
    return local;
  }
}
