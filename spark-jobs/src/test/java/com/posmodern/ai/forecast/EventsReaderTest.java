package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventsReaderTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final int DAY = Math.toIntExact(AS_OF.toEpochDay());

  /**
   * A fair known all along, a match announced on the 20th, two of unknown size, two huge ones, one
   * far ahead.
   */
  private static Map<String, KnownEvents> read() {
    ForecastInput planted = new PlantedDemand(60, 1).input();
    ForecastInput input =
        new ForecastInput(
            AS_OF,
            planted.dailyDemand(),
            planted.products(),
            planted.stores(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(
                ContractRows.select(
                    Table.LOCAL_EVENTS,
                    """
                    SELECT * FROM VALUES
                      ('fair', 'S1', DATE'2026-06-22', DATE'2026-06-24', 99L, NULL, NULL),
                      ('match', 'S1', DATE'2026-06-24', DATE'2026-06-24', 999L, DATE'2026-06-20', 2D),
                      ('play', 'S1', DATE'2026-06-28', DATE'2026-06-28', NULL, DATE'2026-06-19', NULL),
                      ('show', 'S1', DATE'2026-07-03', DATE'2026-07-03', NULL, DATE'2026-06-29', 7D),
                      ('huge', 'S1', DATE'2026-07-05', DATE'2026-07-05', 99999L, DATE'2026-06-30', 1D),
                      ('huger', 'S1', DATE'2026-07-05', DATE'2026-07-05', 99999L, DATE'2026-06-30', 0.5D),
                      ('later', 'S2', DATE'2026-09-01', DATE'2026-09-02', 5L, NULL, NULL)
                      AS t(event_id, store_id, starts_on, ends_on, attendance, known_from, distance_km)""")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new EventsReader(input, DAY - 30, DAY + 28).read();
  }

  @Test
  void anEventCountsFromTheDayOnWhichItWasKnown() {
    KnownEvents events = read().get("S1");

    assertThat(events.at(DAY - 6, DAY - 11)).as("only the fair").isEqualTo(log(100));
    assertThat(events.at(DAY - 6, DAY - 10)).as("the match as well").isEqualTo(log(1000));
    assertThat(events.at(DAY - 7, DAY)).isEqualTo(log(100));
    assertThat(events.at(DAY - 5, DAY)).isZero();
    assertThat(events.at(DAY + 3, DAY - 2)).as("announced last night").isZero();
  }

  @Test
  void anEventOfUnknownSizeCountsAsOneOfTheMiddleOfThoseKnownThen() {
    KnownEvents events = read().get("S1");

    assertThat(events.at(DAY + 3, DAY)).isEqualTo(log(1000));
    assertThat(events.at(DAY - 2, DAY)).as("before the match was announced").isEqualTo(log(100));
  }

  @Test
  void theDistanceIsThatOfTheLargestOrTheNearerOfTwo() {
    KnownEvents events = read().get("S1");

    assertThat(events.distanceAt(DAY - 6, DAY - 10)).as("the match").isEqualTo(2);
    assertThat(events.distanceAt(DAY - 6, DAY - 11)).as("of the fair nobody knows").isNaN();
    assertThat(events.distanceAt(DAY + 5, DAY)).isEqualTo(0.5f);
    assertThat(events.distanceAt(DAY - 5, DAY)).as("none").isNaN();
    assertThat(events.hasDistances()).isTrue();
  }

  @Test
  void aStoreWithoutEventsInTheTimeHasNone() {
    assertThat(read()).containsOnlyKeys("S1");
    assertThat(read().get("S1").at(DAY + 100, DAY)).as("beyond what is kept").isZero();
  }

  private static float log(double number) {
    return (float) Math.log(number);
  }
}
