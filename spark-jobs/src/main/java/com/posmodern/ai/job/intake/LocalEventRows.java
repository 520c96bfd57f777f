package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.ATTENDANCE;
import static com.posmodern.ai.contract.Columns.DISTANCE_KM;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.EVENT_NAME;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TOLD_BY;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.events.EventChanges;
import com.posmodern.ai.source.events.EventRow;
import com.posmodern.ai.source.imports.Corrections;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The events of sources in {@code source.local_events}; they grow with stores and days. */
final class LocalEventRows {
  private final Lake lake;

  LocalEventRows(Lake lake) {
    this.lake = lake;
  }

  /**
   * What is known from sources, by source.
   *
   * @param first rows that ended before it are left out
   */
  Map<String, List<EventRow>> known(List<String> sources, LocalDate first) {
    if (!lake.exists(Table.LOCAL_EVENTS)) {
      return Map.of();
    }
    return lake
        .read(Table.LOCAL_EVENTS)
        .where(col(TOLD_BY).isin(sources.toArray()).and(col(ENDS_ON).geq(lit(Date.valueOf(first)))))
        .select(
            EVENT_ID,
            STORE_ID,
            STARTS_ON,
            ENDS_ON,
            EVENT_NAME,
            ATTENDANCE,
            DISTANCE_KM,
            KNOWN_FROM,
            TOLD_BY)
        .collectAsList()
        .stream()
        .map(LocalEventRows::event)
        .collect(Collectors.groupingBy(EventRow::toldBy));
  }

  private static EventRow event(Row row) {
    return new EventRow(
        row.getString(0),
        row.getString(1),
        row.getDate(2).toLocalDate(),
        row.getDate(3).toLocalDate(),
        row.getString(4),
        Optional.ofNullable(row.<Long>getAs(5)),
        Optional.ofNullable(row.<Double>getAs(6)),
        Optional.ofNullable(row.getDate(7)).map(Date::toLocalDate),
        row.getString(8));
  }

  /** Writes what changes, in one commit; without changes there is none. */
  void write(List<EventChanges> sources) {
    List<Row> rows = new ArrayList<>();
    for (EventChanges changes : sources) {
      changes.changed().forEach(event -> rows.add(row(event, Corrections.UPDATE)));
      changes.removed().forEach(event -> rows.add(row(event, Corrections.DELETE)));
    }
    if (rows.isEmpty()) {
      return;
    }
    StructType schema =
        Contracts.of(Table.LOCAL_EVENTS).schema().add(Corrections.ACTION, DataTypes.StringType);
    SourceWrite write = new SourceWrite(lake, Mode.MERGE);
    if (lake.exists(Table.LOCAL_EVENTS)) {
      write.apply(
          Table.LOCAL_EVENTS,
          lake.spark().createDataFrame(rows, schema),
          Map.of(Corrections.UPDATE, (long) rows.size()));
    } else {
      write.rows(
          Table.LOCAL_EVENTS, lake.spark().createDataFrame(rows, schema).drop(Corrections.ACTION));
    }
  }

  private static Row row(EventRow event, String action) {
    return RowFactory.create(
        event.eventId(),
        event.storeId(),
        Date.valueOf(event.startsOn()),
        Date.valueOf(event.endsOn()),
        event.name(),
        event.attendance().orElse(null),
        event.kilometres().orElse(null),
        event.knownFrom().map(Date::valueOf).orElse(null),
        event.toldBy(),
        action);
  }
}
