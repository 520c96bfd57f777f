package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.ACCEPTED_EVENTS;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.REASONS;
import static com.posmodern.ai.contract.Columns.ROW_JSON;
import static com.posmodern.ai.contract.Columns.ROW_KEY;
import static com.posmodern.ai.contract.Columns.TABLE_NAME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.StreamWriter;
import com.posmodern.ai.source.live.EventType;
import com.posmodern.ai.source.live.JudgedEvents;
import com.posmodern.ai.source.live.NewEvents;
import com.posmodern.ai.source.live.NewEvents.Found;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Writes one batch of events, exactly once.
 *
 * <p>A batch that was interrupted comes again, with the same events. Each of its commits carries
 * its number and is made once. The ledger comes first, as which events are new can be told only
 * until they are in the table; then the rows; the quarantine last.
 */
final class EventBatch {
  /** What a batch did, in events. */
  record Counts(long events, long accepted, long repeated, long refused) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          events + other.events,
          accepted + other.accepted,
          repeated + other.repeated,
          refused + other.refused);
    }
  }

  /** The boundaries between its commits, at which a process may end. */
  enum Step {
    BEGUN,
    COUNTED,
    ROWS_WRITTEN,
    ENDED
  }

  /** Distinguishes them from the night's and the imports' rows of the quarantine. */
  private static final String TABLE_PREFIX = "events/";

  /** Rows of a file. */
  private static final long ROWS = 500_000;

  private final Lake lake;
  private final LiveSettings settings;
  private final Consumer<Step> steps;
  private final BiConsumer<Table, Dataset<Row>> taken;

  /**
   * @param steps told of each boundary; a test ends the batch there
   * @param taken takes the new rows of each table, once they are in it
   */
  EventBatch(
      Lake lake,
      LiveSettings settings,
      Consumer<Step> steps,
      BiConsumer<Table, Dataset<Row>> taken) {
    this.lake = lake;
    this.settings = settings;
    this.steps = steps;
    this.taken = taken;
  }

  /**
   * Writes the batch, or what is left of it.
   *
   * @param landed the columns of {@code LandedEvents}
   * @param writer of this batch
   * @param now when it is judged, for the ledger
   */
  Counts write(Dataset<Row> landed, StreamWriter writer, Instant now) {
    steps.accept(Step.BEGUN);
    Dataset<Row> judged = JudgedEvents.of(landed, settings).persist();
    try {
      Map<String, Found> found = NewEvents.found(judged);
      if (found.isEmpty()) {
        return Counts.NONE;
      }
      Dataset<Row> fresh =
          NewEvents.of(
                  judged,
                  found,
                  table -> lake.exists(table) ? Optional.of(lake.read(table)) : Optional.empty())
              .persist();
      try {
        return write(judged, found, fresh, writer, now);
      } finally {
        fresh.unpersist();
      }
    } finally {
      judged.unpersist();
    }
  }

  private Counts write(
      Dataset<Row> judged,
      Map<String, Found> found,
      Dataset<Row> fresh,
      StreamWriter writer,
      Instant now) {
    Map<String, Long> accepted = new TreeMap<>();
    fresh
        .groupBy(TABLE_NAME)
        .agg(count(lit(1)).as(ACCEPTED_EVENTS))
        .collectAsList()
        .forEach(row -> accepted.put(row.getString(0), row.getLong(1)));
    Date day = Date.valueOf(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1));
    List<Row> ledger = new ArrayList<>();
    Counts counts = Counts.NONE;
    for (Map.Entry<String, Found> each : found.entrySet()) {
      Found of = each.getValue();
      long taken = accepted.getOrDefault(each.getKey(), 0L);
      long repeated = of.events() - of.refused() - taken;
      counts = counts.plus(new Counts(of.events(), taken, repeated, of.refused()));
      ledger.add(
          RowFactory.create(
              day,
              writer.stream(),
              writer.batch(),
              each.getKey(),
              of.events(),
              taken,
              repeated,
              of.refused(),
              Timestamp.from(of.lastArrival()),
              Timestamp.from(now)));
    }
    writer.append(
        Table.EVENT_BATCHES,
        lake.spark()
            .createDataFrame(ledger, Contracts.of(Table.EVENT_BATCHES).schema().asNullable())
            .coalesce(1));
    steps.accept(Step.COUNTED);
    for (Table table : EventType.tables()) {
      long rows = accepted.getOrDefault(table.toString(), 0L);
      if (rows > 0) {
        Dataset<Row> own = fresh.where(col(TABLE_NAME).equalTo(table.toString()));
        writer.append(
            table,
            own.selectExpr(Contracts.of(table).columnNames().toArray(String[]::new))
                .coalesce(1 + (int) (rows / ROWS)));
        taken.accept(table, own);
      }
    }
    steps.accept(Step.ROWS_WRITTEN);
    if (counts.refused() > 0) {
      writer.append(Table.QUARANTINE, refused(judged, day).coalesce(1));
    }
    steps.accept(Step.ENDED);
    return counts;
  }

  private static Dataset<Row> refused(Dataset<Row> judged, Date day) {
    return judged
        .where(size(col(REASONS)).gt(0))
        .select(
            lit(day).as(AS_OF_DATE),
            concat(lit(TABLE_PREFIX), col(TABLE_NAME)).as(TABLE_NAME),
            col(REASONS),
            col(EVENT_ID).as(ROW_KEY),
            col(ROW_JSON));
  }
}
