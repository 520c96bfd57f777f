package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Table;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;

/**
 * Takes rows out of a table for good: out of its newest version, and then the files and the log of
 * every older one. Not safe beside a job that writes the table.
 */
public final class Removal {
  private static final String SEALED = "pos.erasedAt";
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";

  /** Commits, their checksums and checkpoints, each by the version that the name begins with. */
  private static final Pattern OF_VERSION =
      Pattern.compile("\\.?(\\d{20})\\.(json|crc|checkpoint\\..*|json\\.crc|crc\\.crc)");

  private final Lake lake;
  private final TableCare care;

  public Removal(Lake lake) {
    this.lake = lake;
    this.care = new TableCare(lake);
  }

  /**
   * Deletes rows from the newest version, of every as-of date.
   *
   * @param which prints nothing that may not be known: Delta writes it into the table's log
   * @return how many; with none there is no commit
   */
  public long delete(Table table, Column which) {
    long found = Lake.count(lake.read(table).where(which));
    if (found > 0) {
      DeltaTable.forPath(lake.spark(), lake.location(table)).delete(which);
    }
    return found;
  }

  /**
   * Adds a version without rows of its own, from which on the table can be read when everything
   * before is gone: the version that deletes rows says too much of their files.
   *
   * @return that version
   */
  public long seal(Table table, Instant now) {
    new LakeWriter(lake).keep(table, Map.of(SEALED, now.toString()));
    return lake.version(table);
  }

  /** Forgets the versions before that one: their log, and the files that only they need. */
  public void forgetBefore(Table table, long version) {
    care.cleanLog(table);
    cutLog(table, version);
    lake.forget(table);
    DeltaTable delta = DeltaTable.forPath(lake.spark(), lake.location(table));
    SessionOption.during(lake.spark(), RETENTION_CHECK, "false", () -> delta.vacuum(0));
  }

  /** Delta itself keeps whole days of its log. A checkpoint stands for all before it. */
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
      throw StorageErrors.explain(e, "cutting the log of " + table);
    }
  }
}
