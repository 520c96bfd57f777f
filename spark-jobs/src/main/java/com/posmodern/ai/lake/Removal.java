package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Table;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Removes rows from a table permanently: from its newest version, and then the files and the log of
 * every older version. Not safe while a job writes the table.
 */
public final class Removal {
  private static final String SEALED = "pos.erasedAt";
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";

  /** Commits, checksums and checkpoints; their names begin with the version. */
  private static final Pattern OF_VERSION =
      Pattern.compile("\\.?(\\d{20})\\.(json|crc|checkpoint\\..*|json\\.crc|crc\\.crc)");

  private final Lake lake;
  private final TableCare care;

  public Removal(Lake lake) {
    this.lake = lake;
    this.care = new TableCare(lake);
  }

  /**
   * Deletes rows of every as-of date from the newest version.
   *
   * @param which condition whose text contains no personal data, because Delta writes it into the
   *     table's log
   * @return number of rows deleted; no commit is made when there are none
   */
  public long delete(Table table, Column which) {
    long found = Lake.count(lake.read(table).where(which));
    if (found > 0) {
      DeltaTable.forPath(lake.spark(), lake.location(table)).delete(which);
    }
    return found;
  }

  /**
   * Removes the keys from rows of the newest version; the rows stay.
   *
   * @param which as of {@link #delete}
   * @return how many; with none there is no commit
   */
  public long unlink(Table table, Column which, Collection<String> keys) {
    long found = Lake.count(lake.read(table).where(which));
    if (found > 0) {
      Map<String, Column> nothing =
          keys.stream().collect(Collectors.toMap(key -> key, key -> functions.lit(null)));
      DeltaTable.forPath(lake.spark(), lake.location(table)).update(which, nothing);
    }
    return found;
  }

  /**
   * Adds an empty version from which the table can be read when all earlier versions are gone: the
   * version that deletes rows records too much about their files.
   *
   * @return that version
   */
  public long seal(Table table, Instant now) {
    new LakeWriter(lake).keep(table, Map.of(SEALED, now.toString()));
    return lake.version(table);
  }

  /** Removes the versions before that one: their log, and the files that only they need. */
  public void forgetBefore(Table table, long version) {
    lake.requireWriter();
    care.cleanLog(table);
    cutLog(table, version);
    lake.forget(table);
    DeltaTable delta = DeltaTable.forPath(lake.spark(), lake.location(table));
    SessionOption.during(lake.spark(), RETENTION_CHECK, "false", () -> delta.vacuum(0));
  }

  /** Delta itself keeps whole days of its log. A checkpoint replaces all log entries before it. */
  private void cutLog(Table table, long version) {
    Path log = new Path(lake.location(table), "_delta_log");
    try {
      FileSystem files = log.getFileSystem(lake.spark().sessionState().newHadoopConf());
      for (FileStatus file : files.listStatus(log)) {
        Matcher name = OF_VERSION.matcher(file.getPath().getName());
        if (name.matches() && Long.parseLong(name.group(1)) < version) {
          files.delete(file.getPath(), false);
        }
      }
    } catch (IOException e) {
      throw StorageErrors.explain(e, "truncating the log of " + table);
    }
  }
}
