package com.posmodern.ai.config;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Incidents that people looked at and called ordinary.
 *
 * @param ordinary each is left out of {@code results.demand_anomalies} from then on
 */
public record AnomalyFeedback(List<Ordinary> ordinary) {
  public AnomalyFeedback {
    ordinary = List.copyOf(ordinary);
  }

  /**
   * Days of a series that were ordinary.
   *
   * @param level STORE, CATEGORY or PRODUCT
   * @param item the category or product; ALL of a store
   * @param from first day, ISO format
   * @param until last day
   */
  public record Ordinary(String level, String store, String item, String from, String until) {
    public Ordinary {
      SettingChecks.that(
          List.of("STORE", "CATEGORY", "PRODUCT").contains(level),
          "level",
          "be STORE, CATEGORY or PRODUCT, is " + level);
      LocalDate.parse(from);
      LocalDate.parse(until);
    }
  }

  /**
   * Reads the file; with an empty name there is no feedback.
   *
   * @throws com.posmodern.ai.error.PosException usage, naming file and key
   */
  public static AnomalyFeedback read(String file) {
    return file.isEmpty()
        ? new AnomalyFeedback(List.of())
        : SettingsReader.read(Path.of(file), AnomalyFeedback.class);
  }
}
