package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.ATTENDANCE;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Collects the events near the stores: they grow with stores and days only. */
final class EventsReader {
  /** Visitors of an event of which nobody says how large it is, where none says so. */
  private static final double USUAL_VISITORS = 1000;

  private final ForecastInput input;
  private final int firstDay;
  private final int lastDay;

  EventsReader(ForecastInput input, int firstDay, int lastDay) {
    this.input = input;
    this.firstDay = firstDay;
    this.lastDay = lastDay;
  }

  /** Per store; a store without events is left out. */
  Map<String, KnownEvents> read() {
    List<Row> rows = rows();
    double usual = medianVisitors(rows);
    Map<String, KnownEvents.Builder> stores = new HashMap<>();
    for (Row row : rows) {
      stores
          .computeIfAbsent(row.getString(0), id -> new KnownEvents.Builder(firstDay, lastDay))
          .add(row.getInt(1), row.getInt(2), row.getInt(3), visitors(row, usual));
    }
    Map<String, KnownEvents> events = new HashMap<>();
    stores.forEach((store, builder) -> events.put(store, builder.build()));
    return events;
  }

  private List<Row> rows() {
    Column starts = unix_date(col(STARTS_ON));
    Column ends = unix_date(col(ENDS_ON));
    return input
        .events()
        .map(
            events ->
                events
                    .where(starts.leq(lastDay).and(ends.geq(firstDay)))
                    .select(
                        col(STORE_ID),
                        starts,
                        ends,
                        coalesce(unix_date(col(KNOWN_FROM)), lit(Integer.MIN_VALUE)),
                        col(ATTENDANCE).cast(DataTypes.DoubleType))
                    .collectAsList())
        .orElse(List.of());
  }

  private static double visitors(Row row, double usual) {
    return row.isNullAt(4) ? usual : row.getDouble(4);
  }

  /** An event of unknown size counts as one of the middle, not as none. */
  private static double medianVisitors(List<Row> rows) {
    double[] known =
        rows.stream()
            .filter(row -> !row.isNullAt(4))
            .mapToDouble(row -> row.getDouble(4))
            .sorted()
            .toArray();
    return known.length == 0 ? USUAL_VISITORS : known[known.length / 2];
  }
}
