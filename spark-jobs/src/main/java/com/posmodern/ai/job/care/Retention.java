package com.posmodern.ai.job.care;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which as-of dates of a table may be dropped. */
final class Retention {
  /**
   * Model registry, metrics and publications are kept forever: a few rows per night. So is what was
   * sent to whom on which legal basis, until the customer is erased.
   */
  private static final Set<Table> KEPT_WHOLE =
      EnumSet.of(
          Table.MODEL_REGISTRY, Table.PUBLICATIONS, Table.PUBLICATION_SWITCHES, Table.OUTBOX);

  private final MaintenanceSettings settings;
  private final Set<LocalDate> champions;
  private final Set<LocalDate> published;

  /**
   * @param champions as-of dates of models that may still score
   * @param published as-of dates of publications that readers can be switched back to
   */
  Retention(MaintenanceSettings settings, Set<LocalDate> champions, Set<LocalDate> published) {
    this.settings = settings;
    this.champions = champions;
    this.published = published;
  }

  /**
   * The dates older than those to keep, except dates that a champion or a publication still needs.
   */
  List<LocalDate> surplus(Table table, List<LocalDate> dates) {
    if (KEPT_WHOLE.contains(table)) {
      return List.of();
    }
    Set<LocalDate> needed =
        switch (table.layer()) {
          case MODELS -> champions;
          case RESULTS -> published;
          case SOURCE, FEATURES, OPS -> Set.of();
        };
    int kept =
        switch (table.layer()) {
          case FEATURES -> settings.keptFeatureDates();
          case MODELS -> settings.keptModelDates();
          case RESULTS -> settings.keptResultDates();
          case OPS -> settings.keptOpsDates();
          case SOURCE -> Integer.MAX_VALUE;
        };
    return dates.stream()
        .sorted(Comparator.reverseOrder())
        .skip(kept)
        .filter(date -> !needed.contains(date))
        .toList();
  }
}
