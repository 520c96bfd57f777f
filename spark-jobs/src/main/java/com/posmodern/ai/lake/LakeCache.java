package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a run already knows of tables at their versions. A version never changes, so that each is
 * opened, counted and, if it is small, computed once: many jobs of a night read the same tables.
 */
final class LakeCache {
  private record Key(Table table, long version) {}

  /** The rows of a table at a version: all rows, or those of an as-of date. */
  private record DatedKey(Key key, Optional<LocalDate> asOf) {}

  /** Rows on the driver, and what they are derived from. */
  private record Derived(DatedKey key, Dataset<Row> rows) {}

  /** Delta reads the log again for every time travel. */
  private final Map<Key, TableVersion> versions = new ConcurrentHashMap<>();

  private final Map<DatedKey, Long> counts = new ConcurrentHashMap<>();

  private final Map<Table, Derived> derived = new ConcurrentHashMap<>();

  TableVersion version(Table table, long version, Supplier<TableVersion> opened) {
    return versions.computeIfAbsent(new Key(table, version), key -> opened.get());
  }

  /**
   * Rows of a version.
   *
   * @param asOf the as-of date whose rows are counted; empty for all
   */
  long count(Table table, long version, Optional<LocalDate> asOf, Supplier<Long> counted) {
    DatedKey key = new DatedKey(new Key(table, version), asOf);
    Long known = counts.get(key);
    if (known == null) {
      // Counted outside the map's lock, so that concurrent jobs count at the same time; now and
      // then they count the same rows twice.
      known = counted.get();
      counts.put(key, known);
    }
    return known;
  }

  /** Remembers a count that was taken while the rows were checked. */
  void counted(Table table, long version, LocalDate asOf, long rows) {
    counts.put(new DatedKey(new Key(table, version), Optional.of(asOf)), rows);
  }

  /** The rows derived from a version, on the driver; the last of each table are kept. */
  Dataset<Row> derived(
      Table table, long version, Optional<LocalDate> asOf, Supplier<Dataset<Row>> rows) {
    DatedKey key = new DatedKey(new Key(table, version), asOf);
    return derived
        .compute(
            table,
            (same, last) ->
                last != null && last.key().equals(key) ? last : new Derived(key, local(rows.get())))
        .rows();
  }

  private static Dataset<Row> local(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema()).coalesce(1);
  }

  /** Drops all that is known of a table whose files were changed directly. */
  void forget(Table table) {
    versions.keySet().removeIf(key -> key.table() == table);
    derived.remove(table);
    counts.keySet().removeIf(counted -> counted.key().table() == table);
  }
}
