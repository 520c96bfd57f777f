package com.posmodern.ai.night;

import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The tables that a job has read or written, each at one version while the job runs: all its
 * queries see the same rows, and the report says which.
 */
final class PinnedTables {
  private final Lake lake;
  private final Map<Table, Long> versions = new ConcurrentSkipListMap<>();
  private final Map<Table, Long> counts = new ConcurrentSkipListMap<>();

  PinnedTables(Lake lake) {
    this.lake = lake;
  }

  /** Whether the job has read or written it. */
  boolean isOpen(Table table) {
    return versions.containsKey(table);
  }

  boolean exists(Table table) {
    return isOpen(table) || lake.exists(table);
  }

  /**
   * The version that the job works on: the newest when it first asks.
   *
   * @throws com.posmodern.ai.error.PosException bad data when the table does not exist
   */
  long version(Table table) {
    return versions.computeIfAbsent(table, lake::version);
  }

  /** The job has written the table, and reads its own rows from now on. */
  void written(Table table) {
    versions.put(table, lake.version(table));
  }

  /**
   * Rows that the job has read: of the as-of date, or all of a source table. Counted when the job
   * first asks, so that what it writes itself later does not count as read.
   */
  long count(Table table, LocalDate asOf) {
    return counts.computeIfAbsent(
        table,
        read ->
            lake.count(
                read,
                version(read),
                read.layer() == Layer.SOURCE ? Optional.empty() : Optional.of(asOf)));
  }

  long rowsRead() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Path of each table → its version. */
  Map<String, String> versions() {
    Map<String, String> named = new TreeMap<>();
    versions.forEach((table, version) -> named.put(table.path(), Long.toString(version)));
    return named;
  }
}
