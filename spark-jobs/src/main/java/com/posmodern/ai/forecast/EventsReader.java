package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.ATTENDANCE;
import static com.posmodern.ai.contract.Columns.DISTANCE_KM;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
    Map<String, KnownEvents.Builder> stores = new HashMap<>();
    // Since when they were known, the earliest first.
    List<Double> sizes = new ArrayList<>();
    List<Row> waiting = new ArrayList<>();
    for (Row row : rows()) {
      if (!waiting.isEmpty() && waiting.get(0).getInt(3) < row.getInt(3)) {
        waiting.forEach(event -> add(event, middle(sizes), stores));
        waiting.clear();
      }
      if (row.isNullAt(4)) {
        waiting.add(row);
      } else {
        insert(row.getDouble(4), sizes);
        add(row, row.getDouble(4), stores);
      }
    }
    waiting.forEach(event -> add(event, middle(sizes), stores));
    Map<String, KnownEvents> events = new HashMap<>();
    stores.forEach((store, builder) -> events.put(store, builder.build()));
    return events;
  }

  private void add(Row row, double visitors, Map<String, KnownEvents.Builder> stores) {
    stores
        .computeIfAbsent(row.getString(0), id -> new KnownEvents.Builder(firstDay, lastDay))
        .add(row.getInt(1), row.getInt(2), row.getInt(3), visitors, row.getDouble(5));
  }

  /** By the day from which they were known. */
  private List<Row> rows() {
    Column starts = unix_date(col(STARTS_ON));
    Column ends = unix_date(col(ENDS_ON));
    List<Row> rows =
        input
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
                            col(ATTENDANCE).cast(DataTypes.DoubleType),
                            coalesce(col(DISTANCE_KM), lit(Double.NaN)))
                        .collectAsList())
            .orElse(List.of());
    List<Row> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(row -> row.getInt(3)));
    return sorted;
  }

  private static void insert(double size, List<Double> sizes) {
    int found = Collections.binarySearch(sizes, size);
    sizes.add(found < 0 ? -found - 1 : found, size);
  }

  /**
   * An event of unknown size counts as one of the middle of those that were known when it became
   * known, not as none: what came later, nobody knew.
   */
  private static double middle(List<Double> sizes) {
    return sizes.isEmpty() ? USUAL_VISITORS : sizes.get(sizes.size() / 2);
  }
}
