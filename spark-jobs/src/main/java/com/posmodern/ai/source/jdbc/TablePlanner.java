package com.posmodern.ai.source.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Decides which rows of a table a run reads, and in which batches: those since the last run's
 * position, cut into ranges of a column of about the same number of rows.
 */
final class TablePlanner {
  private static final String ALL = "1 = 1";

  private final ExtractFile file;
  private final String source;
  private final SourceTable table;
  private final TableReader reader;

  TablePlanner(ExtractFile file, String source, TableReader reader) {
    this.file = file;
    this.source = source;
    this.table = file.table(source);
    this.reader = reader;
  }

  /**
   * Decides what is read.
   *
   * @param position where the last run ended; empty to read all rows
   * @param now a watermark after it is taken for wrong
   */
  TablePlan plan(Optional<String> position, Instant now) {
    Optional<String> column = table.watermark().map(w -> w.column());
    Optional<Mark> from = column.flatMap(c -> position).map(Mark::parse);
    String condition = from.map(this::since).orElse(ALL);
    Extent extent = extent(condition);
    boolean keysToo = from.isPresent() && table.removed().missingAtMost().isPresent();
    List<String> keyBatches = keysToo ? batches(extent(ALL), ALL) : List.of();
    Optional<Mark> newest =
        extent.newest().map(mark -> mark.atMost(now, file.database().timeZone()));
    // A table of which rows were taken away does not turn the position back.
    Optional<Mark> next =
        from.filter(mark -> newest.isEmpty() || newest.get().ticks() < mark.ticks())
            .or(() -> newest);
    return new TablePlan(
        from.isEmpty(),
        extent.rows(),
        next.map(Mark::toString).orElse(""),
        extent.rows() == 0 ? List.of() : batches(extent, condition),
        keyBatches);
  }

  private String since(Mark position) {
    SourceTable.Watermark watermark = table.watermark().orElseThrow();
    String quoted = reader.quoted(watermark.column());
    try {
      // A row without a watermark may have changed at any time.
      return "(%s >= %s OR %s IS NULL)"
          .formatted(
              quoted, position.earlier(watermark.overlap()).literal(reader.dialect()), quoted);
    } catch (IllegalArgumentException e) {
      throw file.wrong(
          "sources.%s.watermark.overlap".formatted(source), e.getMessage(), "Correct it.");
    }
  }

  private record Extent(
      long rows, Optional<Mark> low, Optional<Mark> high, Optional<Mark> newest) {}

  private Extent extent(String condition) {
    Optional<String> batch = table.batches().map(SourceTable.Batches::column);
    Optional<String> newest = table.watermark().map(SourceTable.Watermark::column);
    String sql =
        "SELECT count(*) AS pos_rows, %s AS pos_low, %s AS pos_high, %s AS pos_newest FROM %s WHERE %s"
            .formatted(
                batch.map(c -> "min(" + reader.quoted(c) + ")").orElse("0"),
                batch.map(c -> "max(" + reader.quoted(c) + ")").orElse("0"),
                newest.map(c -> "max(" + reader.quoted(c) + ")").orElse("0"),
                table.table(),
                condition);
    Row row = reader.first(sql);
    return new Extent(
        Long.parseLong(row.get(0).toString()),
        batch.flatMap(c -> mark(c, row.get(1))),
        batch.flatMap(c -> mark(c, row.get(2))),
        newest.flatMap(c -> mark(c, row.get(3))));
  }

  private Optional<Mark> mark(String column, Object value) {
    Mark.Kind kind = reader.kind(column);
    return Optional.ofNullable(value).map(v -> Mark.of(kind, v));
  }

  private List<String> batches(Extent extent, String condition) {
    if (table.batches().isEmpty() || extent.low().isEmpty()) {
      return List.of(condition);
    }
    Mark low = extent.low().get();
    long width = extent.high().orElseThrow().ticks() - low.ticks();
    long wanted = table.batches().get().rows();
    long parts = (extent.rows() + wanted - 1) / wanted;
    String column = reader.quoted(table.batches().get().column());
    Set<Mark> borders = new LinkedHashSet<>();
    for (long i = 1; i < parts; i++) {
      long step = Math.round((double) width * i / parts);
      if (step > 0 && step <= width) {
        borders.add(low.plus(step));
      }
    }
    List<String> batches = new ArrayList<>();
    String lower = "";
    for (Mark border : borders) {
      String literal = border.literal(reader.dialect());
      batches.add(
          lower.isEmpty()
              ? "%s AND (%s < %s OR %s IS NULL)".formatted(condition, column, literal, column)
              : "%s AND %s AND %s < %s".formatted(condition, lower, column, literal));
      lower = "%s >= %s".formatted(column, literal);
    }
    // Without an end: rows that come in the meantime are read as well.
    batches.add(lower.isEmpty() ? condition : condition + " AND " + lower);
    return batches;
  }
}
