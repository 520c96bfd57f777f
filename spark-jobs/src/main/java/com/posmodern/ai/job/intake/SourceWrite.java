package com.posmodern.ai.job.intake;

import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.ImportCommand.Mode;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.imports.ConvertedTable;
import com.posmodern.ai.source.imports.Corrections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes imported rows to their source tables, one commit a table. */
final class SourceWrite {
  private final Lake lake;
  private final Mode mode;
  private final LakeWriter writer;

  SourceWrite(Lake lake, Mode mode) {
    this.lake = lake;
    this.mode = mode;
    this.writer = new LakeWriter(lake);
  }

  /** Rows that the imported ones are merged into; empty where they replace the table. */
  Optional<Dataset<Row>> former(Table table) {
    return mode == Mode.MERGE && lake.exists(table)
        ? Optional.of(lake.read(table))
        : Optional.empty();
  }

  /**
   * Writes a converted table.
   *
   * @return what changed, for the person who watches; empty when all rows were replaced
   */
  String table(ConvertedTable table) {
    Optional<Dataset<Row>> former = former(table.table());
    if (former.isPresent()) {
      return merge(table, former.get());
    }
    long written = writer.replaceSource(table.table(), table.accepted());
    if (written != table.counts().accepted()) {
      throw new IllegalStateException(
          "%d rows accepted for %s, %d written"
              .formatted(table.counts().accepted(), table.table(), written));
    }
    return "";
  }

  /** Importing the same file again changes nothing and makes no commit. */
  private String merge(ConvertedTable table, Dataset<Row> former) {
    Dataset<Row> changes = Corrections.of(table.table(), table.accepted(), former).persist();
    try {
      Map<String, Long> rows = counts(changes);
      apply(table.table(), changes, rows);
      return "%n%29s merged: %,d new, %,d changed, %,d removed from receipts that were exported again"
          .formatted(
              "",
              rows.getOrDefault(Corrections.INSERT, 0L),
              rows.getOrDefault(Corrections.UPDATE, 0L),
              rows.getOrDefault(Corrections.DELETE, 0L));
    } finally {
      changes.unpersist();
    }
  }

  /**
   * Merges rows that come by themselves, without a file's quarantine.
   *
   * @return how many were new or changed
   */
  long rows(Table table, Dataset<Row> rows) {
    return lake.exists(table)
        ? changed(table, Corrections.ofRows(table, rows, lake.read(table)))
        : writer.replaceSource(table, rows);
  }

  /** As {@link #rows}, but a row whose key is there already stays as it is. */
  long newRows(Table table, Dataset<Row> rows) {
    if (!lake.exists(table)) {
      return writer.replaceSource(table, rows);
    }
    Dataset<Row> changes = Corrections.ofRows(table, rows, lake.read(table));
    return changed(table, changes.where(col(Corrections.ACTION).equalTo(Corrections.INSERT)));
  }

  private long changed(Table table, Dataset<Row> rows) {
    Dataset<Row> changes = rows.persist();
    try {
      Map<String, Long> counts = counts(changes);
      apply(table, changes, counts);
      return counts.values().stream().mapToLong(Long::longValue).sum();
    } finally {
      changes.unpersist();
    }
  }

  /** Rows per action. */
  static Map<String, Long> counts(Dataset<Row> changes) {
    Map<String, Long> rows = new TreeMap<>();
    changes
        .groupBy(Corrections.ACTION)
        .count()
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row.getLong(1)));
    return rows;
  }

  /** Merges changes; without any there is no commit. */
  void apply(Table table, Dataset<Row> changes, Map<String, Long> counts) {
    if (!counts.isEmpty()) {
      writer.mergeSource(table, changes, Corrections.ACTION);
    }
  }
}
