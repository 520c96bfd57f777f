package com.posmodern.ai.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How old the newest row of each source is, by its own time, in one query. Rows further back than
 * {@link #LOOKED_AT} are not read: a large table would be read whole for a date that only says that
 * it is old.
 */
public final class SourceAges {
  /** A source without a row since then is only said to be older. */
  public static final Duration LOOKED_AT = Duration.ofDays(35);

  /** Sources that grow day by day, with the column that says when. */
  private static final Map<Table, String> MOMENTS = moments();

  private static final String TABLE = "table";

  private SourceAges() {}

  /**
   * A source.
   *
   * @param newest its newest row; of a table of days the end of the newest day, and not later than
   *     the moment it was asked for. Empty when it is older than {@link #LOOKED_AT}
   */
  public record Age(Table table, Optional<Instant> newest) {}

  /** Tables that are looked at, where the lake has them. */
  public static List<Table> tables() {
    return List.copyOf(MOMENTS.keySet());
  }

  /**
   * The ages of the sources that there are, in a fixed order.
   *
   * @param read a table's rows; empty when the lake has no such table
   * @param now rows of later times, such as forecasts, do not count
   */
  public static List<Age> of(Function<Table, Optional<Dataset<Row>>> read, Instant now) {
    Map<String, Table> found = new LinkedHashMap<>();
    Dataset<Row> all = null;
    for (Table table : MOMENTS.keySet()) {
      Optional<Dataset<Row>> rows = read.apply(table);
      if (rows.isPresent()) {
        found.put(table.toString(), table);
        Dataset<Row> newest = newest(table, rows.get(), now);
        all = all == null ? newest : all.unionAll(newest);
      }
    }
    if (all == null) {
      return List.of();
    }
    Map<String, Optional<Instant>> ages = new LinkedHashMap<>();
    all.collectAsList()
        .forEach(
            row ->
                ages.put(
                    row.getString(0),
                    Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant)));
    return found.entrySet().stream()
        .map(each -> new Age(each.getValue(), ages.get(each.getKey())))
        .toList();
  }

  private static Dataset<Row> newest(Table table, Dataset<Row> rows, Instant now) {
    Column at = col(MOMENTS.get(table));
    Column asked = lit(Timestamp.from(now));
    boolean days =
        Contracts.of(table).columns().stream()
            .filter(column -> column.name().equals(MOMENTS.get(table)))
            .anyMatch(column -> column.type().equals(DataTypes.DateType));
    Column moment = days ? date_add(at, 1).cast(DataTypes.TimestampType) : at;
    return rows.where(
            at.gt(lit(Timestamp.from(now.minus(LOOKED_AT))).cast(days ? "date" : "timestamp"))
                .and(at.leq(asked.cast(days ? "date" : "timestamp"))))
        .agg(when(max(moment).isNotNull(), least(max(moment), asked)).as(Columns.RECORDED_AT))
        .select(lit(table.toString()).as(TABLE), col(Columns.RECORDED_AT));
  }

  private static Map<Table, String> moments() {
    Map<Table, String> moments = new LinkedHashMap<>();
    moments.put(Table.SALES_LINES, Columns.SOLD_AT);
    for (Table table : Arrays.asList(Table.INTERACTIONS, Table.REVIEWS, Table.CAMPAIGN_EVENTS)) {
      moments.put(table, Columns.OCCURRED_AT);
    }
    moments.put(Table.INVENTORY_DAILY, Columns.BUSINESS_DATE);
    moments.put(Table.STOCK_ON_ORDER, Columns.ORDERED_ON);
    moments.put(Table.WEATHER_DAILY, Columns.WEATHER_DATE);
    moments.put(Table.WEATHER_FORECASTS, Columns.ISSUED_ON);
    return moments;
  }
}
