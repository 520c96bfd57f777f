package com.posmodern.ai.source.live;

import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.timestamp_seconds;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which events of a batch are new: not in the table, and once each.
 *
 * <p>The table itself is asked, not a state beside it: it knows what came before this checkpoint,
 * by an import, or by another stream, and each repeated event is counted. A repeated event has the
 * time of the first one, so only rows of the batch's own minutes are looked at; Delta opens only
 * the files in which there are such.
 */
public final class NewEvents {
  private static final long BUCKET_SECONDS = 300;

  /** With more, one range from the first to the last is as good. */
  private static final int MOST_RANGES = 32;

  private NewEvents() {}

  /**
   * What a batch holds for a table.
   *
   * @param refused events that cannot be used
   * @param buckets times of the others, in units of five minutes since 1970, in order
   */
  public record Found(long events, long refused, Instant lastArrival, List<Long> buckets) {}

  /**
   * Counts judged events, by table name, in one pass.
   *
   * @param judged as {@link JudgedEvents#of} gives them
   */
  public static Map<String, Found> found(Dataset<Row> judged) {
    Column usable = size(col(REASONS)).equalTo(0);
    // Both times come from the same field.
    Column bucket =
        unix_seconds(col(Columns.OCCURRED_AT)).divide(lit(BUCKET_SECONDS)).cast("bigint");
    Map<String, Found> found = new TreeMap<>();
    judged
        .groupBy(TABLE_NAME)
        .agg(
            count(lit(1)),
            count_if(usable.equalTo(false)),
            max(LandedEvents.ARRIVED_AT),
            collect_set(when(usable, bucket)))
        .collectAsList()
        .forEach(
            row ->
                found.put(
                    row.getString(0),
                    new Found(
                        row.getLong(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant(),
                        row.<Long>getList(4).stream().sorted().toList())));
    return found;
  }

  /**
   * The new events.
   *
   * @param judged events of a batch
   * @param table its rows; empty where there is no such table yet
   * @return one row per new event; of two with the same key one is left
   */
  public static Dataset<Row> of(
      Dataset<Row> judged,
      Map<String, Found> found,
      Function<Table, Optional<Dataset<Row>>> table) {
    Dataset<Row> usable = judged.where(size(col(REASONS)).equalTo(0));
    Dataset<Row> fresh = usable.dropDuplicates(new String[] {TABLE_NAME, JudgedEvents.KEY});
    Dataset<Row> known = null;
    for (Table each : EventType.tables()) {
      List<Long> buckets =
          Optional.ofNullable(found.get(each.toString())).map(Found::buckets).orElse(List.of());
      Optional<Dataset<Row>> rows = buckets.isEmpty() ? Optional.empty() : table.apply(each);
      if (rows.isPresent()) {
        Dataset<Row> keys =
            rows.get()
                .where(within(col(EventFields.time(each)), buckets))
                .select(
                    lit(each.toString()).as(TABLE_NAME),
                    JudgedEvents.key(Contracts.of(each)).as(JudgedEvents.KEY));
        known = known == null ? keys : known.unionAll(keys);
      }
    }
    return known == null
        ? fresh
        : fresh.join(known, new String[] {TABLE_NAME, JudgedEvents.KEY}, "left_anti");
  }

  /** Whether the moment lies in one of the buckets. */
  private static Column within(Column moment, List<Long> buckets) {
    List<long[]> ranges = ranges(buckets);
    Column within = lit(false);
    for (long[] range : ranges) {
      within =
          within.or(
              moment
                  .geq(timestamp_seconds(lit(range[0] * BUCKET_SECONDS)))
                  .and(moment.lt(timestamp_seconds(lit((range[1] + 1) * BUCKET_SECONDS)))));
    }
    return within;
  }

  /** First and last bucket of each run of adjacent ones. */
  static List<long[]> ranges(List<Long> buckets) {
    List<long[]> ranges = new ArrayList<>();
    for (long bucket : buckets) {
      long[] last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && bucket == last[1] + 1) {
        last[1] = bucket;
      } else {
        ranges.add(new long[] {bucket, bucket});
      }
    }
    return ranges.size() <= MOST_RANGES
        ? ranges
        : List.of(new long[] {buckets.get(0), buckets.get(buckets.size() - 1)});
  }
}
