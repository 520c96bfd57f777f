package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.ContentSummary;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Encoders;

/**
 * Maintenance of a table's files and log. Except for dropped dates no row changes, and each step is
 * a separate commit that Delta refuses when a job commits to the same files at the same time.
 */
public final class TableCare {
  private static final double MILLIS_PER_HOUR = 3_600_000.0;
  private static final String JOINED_BELOW = "spark.databricks.delta.optimize.minFileSize";

  private final Lake lake;

  public TableCare(Lake lake) {
    this.lake = lake;
  }

  /**
   * The storage that a table uses, including its log and old versions.
   *
   * @param files number of files
   * @param bytes their size
   */
  public record Size(long files, long bytes) {}

  public Size size(Table table) {
    Path path = new Path(lake.location(table));
    try {
      ContentSummary summary =
          path.getFileSystem(lake.spark().sessionState().newHadoopConf()).getContentSummary(path);
      return new Size(summary.getFileCount(), summary.getLength());
    } catch (IOException e) {
      throw StorageErrors.explain(e, "measuring " + table);
    }
  }

  /** The as-of dates that have rows, newest first: one per night. */
  public List<LocalDate> dates(Table table) {
    return lake.read(table)
        .select(Columns.AS_OF_DATE)
        .distinct()
        .orderBy(col(Columns.AS_OF_DATE).desc())
        .as(Encoders.LOCALDATE())
        .collectAsList();
  }

  /** Drops whole partitions in one commit that rewrites no file. */
  public void drop(Table table, Collection<LocalDate> dates) {
    String list = dates.stream().map("DATE'%s'"::formatted).collect(Collectors.joining(", "));
    delta(table).delete("%s IN (%s)".formatted(Columns.AS_OF_DATE, list));
  }

  /**
   * Compacts the small files of each partition.
   *
   * @param before only as-of dates before this one; empty for the whole table
   */
  public void compact(Table table, Optional<LocalDate> before, int belowMib) {
    var optimize = delta(table).optimize();
    SessionOption.during(
        lake.spark(),
        JOINED_BELOW,
        Long.toString((long) belowMib << 20),
        () ->
            before
                .map(date -> "%s < DATE'%s'".formatted(Columns.AS_OF_DATE, date))
                .map(optimize::where)
                .orElse(optimize)
                .executeCompaction());
  }

  /** Removes files that no version since the given time needs. */
  public void vacuum(Table table, Instant since) {
    lake.requireWriter();
    // Delta counts back from its own clock in whole hours: rounded up, or a needed file would be
    // removed.
    long now = lake.newest(table).clockMillis();
    double hours = (now - since.toEpochMilli()) / MILLIS_PER_HOUR;
    delta(table).vacuum(Math.max(0, Math.ceil(hours)));
  }

  /** Writes a checkpoint and removes log files older than the table's log retention. */
  public void cleanLog(Table table) {
    lake.newest(table).checkpoint();
  }

  /** The commit time of each version that is still in the log. */
  public List<Instant> committedAt(Table table, Collection<Long> versions) {
    return delta(table)
        .history()
        .where(col("version").isin(versions.toArray()))
        .select("timestamp")
        .as(Encoders.INSTANT())
        .collectAsList();
  }

  private DeltaTable delta(Table table) {
    return DeltaTable.forPath(lake.spark(), lake.location(table));
  }
}
