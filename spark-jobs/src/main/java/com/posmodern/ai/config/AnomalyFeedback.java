package com.posmodern.ai.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
   * @param measure DEMAND, RETURNS, DISCOUNTS or PRICE; what a file does not say is DEMAND
   * @param from first day, ISO format
   * @param until last day
   */
  public record Ordinary(
      String level, String store, String item, String measure, String from, String until) {
    private static final String MEASURE = "measure";

    private static final List<String> KEYS =
        List.of("level", "store", "item", MEASURE, "from", "until");

    public Ordinary {
      SettingChecks.that(
          List.of("STORE", "CATEGORY", "PRODUCT").contains(level),
          "level",
          "be STORE, CATEGORY or PRODUCT, is " + level);
      SettingChecks.that(
          List.of("DEMAND", "RETURNS", "DISCOUNTS", "PRICE").contains(measure),
          MEASURE,
          "be DEMAND, RETURNS, DISCOUNTS or PRICE, is " + measure);
      LocalDate.parse(from);
      LocalDate.parse(until);
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Ordinary of(Map<String, String> said) {
      Map<String, String> all = new HashMap<>(Map.of(MEASURE, "DEMAND"));
      all.putAll(said);
      for (String key : KEYS) {
        SettingChecks.that(all.get(key) != null, key, "be given");
      }
      for (String key : all.keySet()) {
        SettingChecks.that(KEYS.contains(key), key, "be one of " + String.join(", ", KEYS));
      }
      return new Ordinary(
          all.get("level"),
          all.get("store"),
          all.get("item"),
          all.get(MEASURE),
          all.get("from"),
          all.get("until"));
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
