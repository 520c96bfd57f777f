package com.posmodern.ai.source.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.FakeService;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers in the shape that the service's documents show. */
class EventbriteTest {
  private static final String TOKEN = "a-token-that-nobody-may-see";
  private static final EventTime TIME =
      new EventTime(
          LocalDate.of(2026, 6, 1),
          LocalDate.of(2026, 11, 28),
          LocalDate.of(2026, 12, 31),
          ZoneId.of("America/Sao_Paulo"));

  private final FakeService fake = new FakeService();

  @AfterEach
  void close() {
    fake.close();
  }

  private EventAnswer ask() {
    return EventSource.of(
            new EventSourceSettings.Eventbrite(
                "own", fake.url(), "42", 5, new WithoutPosition(false, List.of(), List.of())),
            fake.calls(),
            List.of(),
            variable -> variable.equals(Eventbrite.TOKEN) ? TOKEN : null,
            null)
        .ask(TIME);
  }

  private static String page(String pagination, String... events) {
    return "{\"pagination\": {\"page_size\": 50, %s}, \"events\": [%s]}"
        .formatted(pagination, String.join(",", events));
  }

  private static final String LAST = "\"has_more_items\": false";

  private static String event(String id, String start, String end, String more) {
    return """
        {"id": "%s", "name": {"text": "Tasting", "html": "Tasting"}, "capacity": 80,
         "start": {"timezone": "America/Sao_Paulo", "local": "%s", "utc": "2026-12-05T22:00:00Z"},
         "end": {"timezone": "America/Sao_Paulo", "local": "%s", "utc": "2026-12-06T03:00:00Z"},
         "created": "2026-09-30T12:00:00Z", "published": "2026-10-02T01:00:00Z", %s}"""
        .formatted(id, start, end, more);
  }

  private static final String VENUE =
      """
      "status": "live", "online_event": false, "venue_id": "7",
      "venue": {"name": "Store", "latitude": "-23.5505", "longitude": "-46.6333",
        "address": {"city": "São Paulo", "region": "SP"}}""";

  @Test
  void anEventHasItsDaysPlaceCapacityAndWhenItWasPublished() {
    fake.says(200, page(LAST, event("1", "2026-12-05T19:00:00", "2026-12-06T00:00:00", VENUE)));

    LocalEvent event = ask().events().get(0);

    assertThat(event.starts()).isEqualTo("2026-12-05");
    assertThat(event.ends()).as("midnight is the end of the day").isEqualTo("2026-12-05");
    assertThat(event.point()).contains(new GeoPoint(-23.5505, -46.6333));
    assertThat(event.attendance()).isEqualTo(OptionalLong.of(80));
    assertThat(event.published()).contains(LocalDate.of(2026, 10, 1));
    assertThat(fake.asked.get(0).getPath()).isEqualTo("/v3/organizations/42/events/");
    assertThat(fake.asked.get(0).getQuery()).contains("expand=venue").doesNotContain(TOKEN);
    assertThat(fake.header("Authorization")).isEqualTo("Bearer " + TOKEN);
  }

  @Test
  void cancelledAndOnlineOnesSaySo() {
    String day = "2026-12-05T19:00:00";
    fake.says(
        200,
        page(
            LAST,
            event("1", day, day, "\"status\": \"canceled\""),
            event("2", day, day, "\"status\": \"live\", \"online_event\": true"),
            event("3", "soon", day, VENUE)));

    EventAnswer answer = ask();

    assertThat(answer.events())
        .extracting(LocalEvent::status)
        .containsExactly(LocalEvent.Status.CANCELLED, LocalEvent.Status.ONLINE);
    assertThat(answer.refused()).extracting(RefusedEvent::key).containsExactly("3");
  }

  @Test
  void pagesAreReadUntilTheyAreTooOld() {
    String more = "\"has_more_items\": true, \"continuation\": \"%s\"";
    String old = "2026-05-05T19:00:00";
    fake.says(
            200,
            page(
                more.formatted("x y"),
                event("1", "2026-12-05T19:00:00", "2026-12-05T20:00:00", VENUE)))
        .says(200, page(more.formatted("z"), event("2", old, old, VENUE)));

    assertThat(ask().events()).extracting(LocalEvent::id).containsExactly("1", "2");
    assertThat(fake.asked).hasSize(2);
    assertThat(fake.asked.get(1).getQuery()).contains("continuation=x+y");
  }

  @Test
  void aServiceThatStaysAwayIsInfrastructureAndARefusedTokenUsage() {
    fake.says(500, "").says(502, "").says(429, "").says(401, "{\"error\": \"INVALID_AUTH\"}");

    assertThat(refused().exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(refused())
        .hasMessageContaining("POS_EVENTBRITE_TOKEN")
        .hasMessageNotContaining(TOKEN)
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"pagination\": {\"has_more_items\"",
        "{\"events\": []}",
        "{\"pagination\": {\"has_more_items\": false}}",
        "{\"pagination\": {\"has_more_items\": true}, \"events\": []}"
      })
  void anAnswerOfAnotherShapeIsRefused(String answer) {
    fake.says(200, answer);

    assertThat(refused().exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  private PosException refused() {
    return catchThrowableOfType(PosException.class, this::ask);
  }
}
