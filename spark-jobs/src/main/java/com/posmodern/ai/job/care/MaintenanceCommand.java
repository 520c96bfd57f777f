package com.posmodern.ai.job.care;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.RetiredTables;
import com.posmodern.ai.lake.TableCare;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

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
  private final Progress progress;
  private final InstantSource clock;

  public MaintenanceCommand(Lake lake, Settings settings, Progress progress, InstantSource clock) {
    this.lake = lake;
    this.settings = settings;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Maintains every existing table and prints the result for each.
   *
   * @throws com.posmodern.ai.error.PosException infrastructure when the storage fails
   */
  public void run() {
    TableMaintenance maintenance = maintenance();
    long freed = 0;
    for (Table table : Table.values()) {
      if (lake.exists(table)) {
        MaintainedTable maintained = maintenance.maintain(table);
        freed += maintained.freed();
        progress.step(NAME, maintained.toString());
      }
    }
    RetiredTables.remove(lake)
        .forEach(path -> progress.step(NAME, path + ": removed, no job reads it any more"));
    progress.step(
        NAME, String.format(Locale.ROOT, "done: %,d MiB less on the storage", freed >> 20));
  }

  private TableMaintenance maintenance() {
    MaintenanceSettings limits = settings.maintenance();
    List<Publication> kept = new PublicationStore(lake, settings).newest(settings.publish().kept());
    // Files that no version since then needs are removed, unless a kept publication needs them.
    Instant since = clock.instant().minus(Duration.ofHours(limits.vacuumHours()));
    TableCare care = new TableCare(lake);
    NeededRows needed = new NeededRows(lake, care, kept, since);
    return new TableMaintenance(care, needed, needed.retention(limits), limits.compactBelowMib());
  }
}
