package com.posmodern.ai.job.care;

import static com.posmodern.ai.contract.Columns.ACCEPTED;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.MODEL;
import static java.util.Comparator.naturalOrder;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.TableCare;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;

/** What maintenance must not remove, because a champion or a kept publication needs it. */
final class NeededRows {
  private final Lake lake;
  private final TableCare care;
  private final List<Publication> kept;
  private final Instant since;

  /**
   * @param kept publications that readers can be switched back to
   * @param since time since which every version of a table is kept anyway
   */
  NeededRows(Lake lake, TableCare care, List<Publication> kept, Instant since) {
    this.lake = lake;
    this.care = care;
    this.kept = kept;
    this.since = since;
  }

  /** Which as-of dates may be dropped. */
  Retention retention(MaintenanceSettings settings) {
    return new Retention(
        settings, champions(), kept.stream().map(Publication::asOf).collect(Collectors.toSet()));
  }

  /**
   * Files of kept publications are kept regardless of age; if a published version is no longer in
   * the log, all files are kept.
   */
  Instant since(Table table) {
    List<Long> versions =
        kept.stream()
            .flatMap(publication -> publication.tables().stream())
            .filter(published -> published.table() == table)
            .map(PublishedTable::deltaVersion)
            .distinct()
            .toList();
    if (versions.isEmpty()) {
      return since;
    }
    List<Instant> committed = care.committedAt(table, versions);
    return committed.size() < versions.size()
        ? Instant.EPOCH
        : Stream.concat(Stream.of(since), committed.stream()).min(naturalOrder()).orElseThrow();
  }

  /** The last accepted version of each kind of model. */
  private Set<LocalDate> champions() {
    return lake.exists(Table.MODEL_REGISTRY)
        ? Set.copyOf(
            lake.read(Table.MODEL_REGISTRY)
                .where(col(ACCEPTED))
                .groupBy(MODEL)
                .agg(max(AS_OF_DATE).as(AS_OF_DATE))
                .select(AS_OF_DATE)
                .as(Encoders.LOCALDATE())
                .collectAsList())
        : Set.of();
  }
}
