package com.posmodern.ai.job.care;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.RetiredTables;
import com.posmodern.ai.lake.StorageErrors;
import com.posmodern.ai.lake.TableCare;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FSError;

/**
 * Maintenance of the whole lake: drops old as-of dates, compacts small files, removes files that
 * are no longer needed and truncates logs.
 *
 * <p>Safe while a night is running: the newest as-of date is left alone, and tables that a job is
 * writing are left for the next run. Safe for readers: no file of a kept publication is removed.
 */
public final class MaintenanceCommand {
  private static final String NAME = "maintain";

  private final Lake lake;
  private final Settings settings;
  private final TableCare care;
  private final Progress progress;
  private final InstantSource clock;

  public MaintenanceCommand(Lake lake, Settings settings, Progress progress, InstantSource clock) {
    this.lake = lake;
    this.settings = settings;
    this.care = new TableCare(lake);
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Maintains every existing table and prints the result for each.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage fails
   */
  public void run() {
    List<Publication> kept = new PublicationStore(lake, settings).newest(settings.publish().kept());
    NeededRows needed = new NeededRows(lake, care, kept, vacuumed());
    Retention retention = needed.retention(settings.maintenance());
    long freed = 0;
    for (Table table : Table.values()) {
      if (lake.exists(table)) {
        TableCare.Size before = care.size(table);
        List<String> done = new ArrayList<>();
        try {
          takeCare(table, retention, needed, done);
        } catch (DeltaConcurrentModificationException e) {
          done.add("the rest is left for the next run: a job was writing the table");
        } catch (Exception | FSError e) {
          throw StorageErrors.explain(e, "maintenance of " + table);
        }
        TableCare.Size after = care.size(table);
        freed += before.bytes() - after.bytes();
        progress.step(NAME, line(table, before, after, done));
      }
    }
    RetiredTables.remove(lake)
        .forEach(path -> progress.step(NAME, path + ": removed, no job reads it any more"));
    progress.step(
        NAME, String.format(Locale.ROOT, "done: %,d MiB less on the storage", freed >> 20));
  }

  private void takeCare(Table table, Retention retention, NeededRows needed, List<String> done) {
    Optional<LocalDate> newest = Optional.empty();
    if (table.layer() != Layer.SOURCE && !Contracts.of(table).isHistory()) {
      List<LocalDate> dates = care.dates(table);
      newest = dates.stream().findFirst();
      List<LocalDate> surplus = retention.surplus(table, dates);
      if (!surplus.isEmpty()) {
        care.drop(table, surplus);
        done.add("%d as-of dates dropped".formatted(surplus.size()));
      }
    }
    care.compact(table, newest, settings.maintenance().compactBelowMib());
    care.vacuum(table, needed.since(table));
    care.cleanLog(table);
  }

  /** Files that no version since then needs are removed, unless a kept publication needs them. */
  private Instant vacuumed() {
    return clock.instant().minus(Duration.ofHours(settings.maintenance().vacuumHours()));
  }

  private static String line(
      Table table, TableCare.Size before, TableCare.Size after, List<String> done) {
    return String.format(
        Locale.ROOT,
        "%s: %,d files of %,d KiB, before %,d of %,d%s",
        table,
        after.files(),
        after.bytes() >> 10,
        before.files(),
        before.bytes() >> 10,
        done.stream().map("; "::concat).collect(Collectors.joining()));
  }
}
