package com.posmodern.ai.source.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.FakeService;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers in the shape that the service's documents show. */
class TicketmasterTest {
  private static final String KEY = "a-key-that-nobody-may-see";
  private static final EventTime TIME =
      new EventTime(
          LocalDate.of(2025, 11, 28),
          LocalDate.of(2026, 11, 28),
          LocalDate.of(2026, 12, 31),
          ZoneId.of("America/Sao_Paulo"));

  /** Two stores of one town. */
  private static final List<GeoPoint> STORES =
      List.of(new GeoPoint(-23.58, -46.63), new GeoPoint(-23.62, -46.64));

  private final FakeService fake = new FakeService();

  @AfterEach
  void close() {
    fake.close();
  }

  private EventAnswer ask(String key) {
    return EventSource.of(
            new EventSourceSettings.Ticketmaster("tickets", fake.url(), 5),
            fake.calls(),
            STORES,
            variable -> variable.equals(Ticketmaster.KEY) ? key : null,
            null)
        .ask(TIME);
  }

  private static String page(int total, int pages, String... events) {
    return """
        {"_embedded": {"events": [%s]}, "_links": {},
         "page": {"size": 200, "totalElements": %d, "totalPages": %d, "number": 0}}"""
        .formatted(String.join(",", events), total, pages);
  }

  private static String event(String id, String start, String status) {
    return """
        {"name": "Show %1$s", "type": "event", "id": "%1$s", "test": false, "locale": "pt-br",
         "sales": {"public": {"startDateTime": "2026-08-01T13:00:00Z", "startTBD": false}},
         "dates": {"start": {%2$s, "dateTBD": false, "dateTBA": false, "timeTBA": false},
           "timezone": "America/Sao_Paulo", "status": {"code": "%3$s"}},
         "_embedded": {"venues": [{"name": "Allianz Parque", "city": {"name": "São Paulo"},
           "location": {"longitude": "-46.6785", "latitude": "-23.5275"}}]}}"""
        .formatted(id, start, status);
  }

  private static final String DAY = "\"localDate\": \"2026-12-05\", \"localTime\": \"21:00:00\"";

  @Test
  void anEventHasItsDayPlaceAndSinceWhenTicketsAreSold() {
    fake.says(
        200,
        page(
            3,
            1,
            event("a", DAY, "onsale"),
            event("b", DAY, "canceled"),
            event("c", "\"dateTBA\": true", "onsale")));

    EventAnswer answer = ask(KEY);

    LocalEvent first = answer.events().get(0);
    assertThat(first.id()).isEqualTo("a");
    assertThat(first.name()).isEqualTo("Show a");
    assertThat(first.starts()).isEqualTo("2026-12-05");
    assertThat(first.ends()).isEqualTo("2026-12-05");
    assertThat(first.point()).contains(new GeoPoint(-23.5275, -46.6785));
    assertThat(first.place()).contains("São Paulo");
    assertThat(first.published()).contains(LocalDate.of(2026, 8, 1));
    assertThat(answer.events().get(1).status()).isEqualTo(LocalEvent.Status.CANCELLED);
    assertThat(answer.refused())
        .extracting(refused -> refused.key() + " " + refused.reason())
        .containsExactly("c it has no date yet, or none that can be read");
    assertThat(fake.asked).as("the stores share a request").hasSize(1);
    assertThat(fake.asked.get(0).getPath()).isEqualTo("/discovery/v2/events.json");
    assertThat(fake.asked.get(0).getQuery())
        .contains("latlong=-23.6,-46.6", "radius=13", "unit=km", "apikey=" + KEY, "size=200")
        .contains("startDateTime=2026-11-28T03:00:00Z", "endDateTime=2027-01-01T02:59:59Z");
  }

  @Test
  void allPagesAreRead() {
    fake.says(200, page(201, 2, event("a", DAY, "onsale")))
        .says(200, page(201, 2, event("b", DAY, "onsale")));

    assertThat(ask(KEY).events()).extracting(LocalEvent::id).containsExactly("a", "b");
    assertThat(fake.asked.get(1).getQuery()).contains("page=1");
  }

  @Test
  void moreThanItAnswersAreAskedForInShorterTimes() {
    fake.says(200, page(1001, 6, event("x", DAY, "onsale")))
        .says(200, page(1, 1, event("a", DAY, "onsale")))
        .says(200, page(1, 1, event("b", DAY, "onsale")));

    assertThat(ask(KEY).events()).extracting(LocalEvent::id).containsExactly("a", "b");
    assertThat(fake.asked.get(1).getQuery())
        .contains("startDateTime=2026-11-28T03", "endDateTime=2026-12-15T02:59:59Z");
    assertThat(fake.asked.get(2).getQuery())
        .contains("startDateTime=2026-12-15T03", "endDateTime=2027-01-01T02:59:59Z");
  }

  @Test
  void aTownWithoutEventsIsFine() {
    fake.says(200, "{\"page\": {\"size\": 200, \"totalElements\": 0, \"totalPages\": 0}}");

    assertThat(ask(KEY).events()).isEmpty();
  }

  @Test
  void aBusyServiceIsAskedAgain() {
    fake.says(429, "{\"fault\": {\"faultstring\": \"Spike arrest violation.\"}}")
        .says(500, "")
        .says(200, page(1, 1, event("a", DAY, "onsale")));

    assertThat(ask(KEY).events()).hasSize(1);
  }

  @Test
  void aServiceThatStaysAwayIsInfrastructureAndTheKeyIsNotShown() {
    fake.says(200, page(201, 2, event("a", DAY, "onsale")))
        .says(500, "")
        .says(429, "")
        .says(500, "");

    PosException e = refused(KEY);

    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(e).hasMessageContaining("HTTP 500").hasMessageNotContaining(KEY);
  }

  @Test
  void aRefusedKeyAndNoneAreUsage() {
    fake.says(401, "{\"fault\": {\"faultstring\": \"Invalid ApiKey\"}}");

    assertThat(refused(KEY))
        .hasMessageContaining("POS_TICKETMASTER_KEY")
        .hasMessageNotContaining(KEY)
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
    assertThat(refused(" "))
        .hasMessageContaining("POS_TICKETMASTER_KEY is not set")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.USAGE);
    assertThat(fake.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"_embedded\": {\"events\": [{\"name\": \"Sh",
        "{}",
        "{\"page\": {\"totalElements\": \"many\"}}",
        "{\"page\": {\"totalElements\": 3, \"totalPages\": 1}}"
      })
  void anAnswerOfAnotherShapeIsRefused(String answer) {
    fake.says(200, answer);

    assertThat(refused(KEY).exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  private PosException refused(String key) {
    return catchThrowableOfType(PosException.class, () -> ask(key));
  }
}
