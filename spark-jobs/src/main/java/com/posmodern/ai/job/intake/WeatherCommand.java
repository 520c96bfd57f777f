package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.WeatherAnswer;
import com.posmodern.ai.source.api.WeatherService;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The weather command: asks a weather service about the places of the stores. What was measured and
 * what is expected becomes {@code source.weather_daily}; forecasts are kept as they were issued in
 * {@code source.weather_forecasts}. A place without an answer keeps what is known of it.
 */
public final class WeatherCommand {
  private final Lake lake;
  private final WeatherService service;
  private final int historyDays;
  private final Clock clock;
  private final Consumer<String> step;

  /**
   * @param historyDays past days that are asked for where none is known
   * @param step receives what is asked
   */
  public WeatherCommand(
      Lake lake, WeatherService service, int historyDays, Clock clock, Consumer<String> step) {
    this.lake = lake;
    this.service = service;
    this.historyDays = historyDays;
    this.clock = clock;
    this.step = step;
  }

  /**
   * Asks and writes.
   *
   * @return what was written, in words
   * @throws PosException bad data when no store has a position; what a place was refused for, after
   *     the others were written
   */
  public String run() {
    StorePositions stores = StorePositions.of(lake);
    if (stores.byPosition().isEmpty()) {
      throw PosException.badData(
          "no store has latitude and longitude, so there is no place to ask about",
          Table.STORES.toString(),
          "Add both to the stores, and import them again.");
    }
    Map<String, LocalDate> measured = WeatherRows.lastMeasured(lake);
    WeatherRows rows = new WeatherRows(lake);
    List<PosException> failed = new ArrayList<>();
    stores
        .byPosition()
        .forEach(
            (position, ids) -> {
              LocalDate today = LocalDate.ofInstant(clock.instant(), position.zone());
              LocalDate first = first(ids, measured, today);
              step.accept("%s, %d stores, from %s".formatted(position, ids.size(), first));
              try {
                WeatherAnswer answer = service.ask(position, first, today);
                ids.forEach(store -> rows.add(store, answer, first, today));
              } catch (PosException e) {
                failed.add(e);
                step.accept("%s: %s".formatted(position, e.getMessage()));
              }
            });
    String written = rows.write();
    if (!failed.isEmpty()) {
      throw failed.get(0);
    }
    return "%d places of stores; %s; %d stores have no position"
        .formatted(stores.byPosition().size(), written, stores.unknown());
  }

  /** Services correct the last days for a while, so these are asked for again. */
  private LocalDate first(List<String> stores, Map<String, LocalDate> measured, LocalDate today) {
    LocalDate beginning = today.minusDays(historyDays);
    return stores.stream()
        .map(store -> measured.getOrDefault(store, beginning))
        .map(last -> last.minusDays(WeatherRows.CORRECTED_DAYS))
        .map(day -> day.isBefore(beginning) ? beginning : day)
        .min(LocalDate::compareTo)
        .filter(day -> day.isBefore(today))
        .orElse(today);
  }
}
