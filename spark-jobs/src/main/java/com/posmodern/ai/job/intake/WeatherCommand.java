package com.posmodern.ai.job.intake;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.Position;
import com.posmodern.ai.source.api.WeatherService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
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
  /**
   * What was answered is written at least so often: a run that is stopped keeps what it was told.
   */
  private static final Duration WRITTEN_EVERY = Duration.ofMinutes(5);

  /** So many places in a row without an answer, and the service is away. */
  private static final int AWAY = 3;

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
   * @throws PosException bad data when no store has a position; infrastructure, usage or bad data
   *     when a place got no answer, after the others were written
   */
  public String run() {
    StorePositions stores = StorePositions.of(lake);
    if (stores.byPosition().isEmpty()) {
      throw PosException.badData(
          "no store has latitude, longitude and a time zone, so there is no place to ask about",
          Table.STORES.toString(),
          "Add them to the stores, and import them again.");
    }
    WeatherRows rows = WeatherRows.of(lake, historyDays);
    List<PosException> failed = new ArrayList<>();
    Instant written = clock.instant();
    int inARow = 0;
    for (Map.Entry<Position, List<String>> place : stores.byPosition().entrySet()) {
      try {
        ask(place.getKey(), place.getValue(), rows);
        inARow = 0;
      } catch (PosException e) {
        failed.add(e);
        step.accept("%s: %s".formatted(place.getKey(), e.getMessage()));
        inARow++;
      }
      if (inARow == AWAY || (inARow > 0 && isOfNoUse(failed.get(failed.size() - 1)))) {
        break;
      }
      if (Duration.between(written, clock.instant()).compareTo(WRITTEN_EVERY) > 0) {
        rows.write();
        written = clock.instant();
      }
    }
    rows.write();
    if (!failed.isEmpty()) {
      step.accept("%d places without an answer; %s".formatted(failed.size(), rows.written()));
      throw Failures.worst(failed);
    }
    return "%d places of stores; %s%s"
        .formatted(
            stores.byPosition().size(),
            rows.written(),
            stores.unknown().isEmpty()
                ? ""
                : "; no position or no time zone: " + String.join(", ", stores.unknown()));
  }

  private void ask(Position position, List<String> stores, WeatherRows rows) {
    ZonedDateTime now = clock.instant().atZone(position.zone());
    LocalDate first = rows.first(stores, now);
    step.accept("%s, %d stores, from %s".formatted(position, stores.size(), first));
    rows.add(stores, service.ask(position, first, now.toLocalDate()), now);
  }

  /** Every place would be refused in the same way. */
  private static boolean isOfNoUse(PosException e) {
    return e.exitCode() == ExitCode.USAGE;
  }
}
