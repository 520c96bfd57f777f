package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.source.api.ApiCalls;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Ticketmaster's Discovery API, asked about the places of the stores, those of one town at once:
 * https://developer.ticketmaster.com/products-and-docs/apis/discovery-api/v2/. It lists events to
 * come, and not how large they are.
 */
final class Ticketmaster implements EventSource {
  static final String KEY = "POS_TICKETMASTER_KEY";

  private static final String OWN = "https://app.ticketmaster.com";
  private static final int PAGE = 200;

  /** It answers no page beyond these; a shorter time is asked for then. */
  private static final int MOST_EVENTS = 1000;

  /** Steps of a degree: stores of one cell share an answer. */
  private static final double STEPS = 10;

  /** From the middle of a cell to its corner, and a bit. */
  private static final int CELL_KM = 8;

  private static final Set<String> OFF = Set.of("canceled", "cancelled", "postponed");

  private final EventSourceSettings.Ticketmaster settings;
  private final String key;
  private final Set<String> places;
  private final ApiCalls calls;

  private Ticketmaster(
      EventSourceSettings.Ticketmaster settings, String key, Set<String> places, ApiCalls calls) {
    this.settings = settings;
    this.key = key;
    this.places = places;
    this.calls = calls;
  }

  static Ticketmaster of(
      EventSourceSettings.Ticketmaster settings,
      CallSettings calls,
      List<GeoPoint> stores,
      UnaryOperator<String> environment) {
    Set<String> places = new TreeSet<>();
    stores.forEach(
        store ->
            places.add(
                String.format(
                    Locale.ROOT,
                    "%.1f,%.1f",
                    Math.round(store.latitude() * STEPS) / STEPS,
                    Math.round(store.longitude() * STEPS) / STEPS)));
    return new Ticketmaster(
        settings,
        Keys.required(KEY, settings.name(), environment),
        places,
        new ApiCalls(settings.name(), KEY, calls));
  }

  @Override
  public EventAnswer ask(EventTime time) {
    List<LocalEvent> events = new ArrayList<>();
    List<RefusedEvent> refused = new ArrayList<>();
    for (String place : places) {
      ask(place, time, time.today(), time.last(), new EventReading(events, refused));
    }
    return new EventAnswer(events, refused);
  }

  private void ask(
      String place, EventTime time, LocalDate from, LocalDate to, EventReading reading) {
    JsonNode first = page(place, time, from, to, 0);
    if (first.at("/page/totalElements").asInt() > MOST_EVENTS) {
      if (from.equals(to)) {
        throw PosException.usage(
            "more than %d events on %s near %s".formatted(MOST_EVENTS, from, place),
            settings.name(),
            "Lower radius_km of the source in the settings.");
      }
      LocalDate middle = from.plusDays((to.toEpochDay() - from.toEpochDay()) / 2);
      ask(place, time, from, middle, reading);
      ask(place, time, middle.plusDays(1), to, reading);
      return;
    }
    read(first, time, reading);
    for (int number = 1; number < first.at("/page/totalPages").asInt(); number++) {
      read(page(place, time, from, to, number), time, reading);
    }
  }

  private JsonNode page(String place, EventTime time, LocalDate from, LocalDate to, int number) {
    Map<String, String> query = new HashMap<>();
    query.put("apikey", key);
    query.put("latlong", place);
    query.put("radius", Integer.toString((int) Math.ceil(settings.radiusKm()) + CELL_KM));
    query.put("unit", "km");
    query.put("locale", "*");
    query.put("startDateTime", from.atStartOfDay(time.zone()).toInstant().toString());
    query.put(
        "endDateTime",
        to.plusDays(1).atStartOfDay(time.zone()).toInstant().minusSeconds(1).toString());
    query.put("sort", "date,asc");
    query.put("size", Integer.toString(PAGE));
    query.put("page", Integer.toString(number));
    String url = settings.url().isEmpty() ? OWN : settings.url();
    JsonNode answer = calls.get(url + "/discovery/v2/events.json", query);
    JsonNode total = answer.at("/page/totalElements");
    if (!total.isInt() || !answer.at("/page/totalPages").isInt()) {
      throw calls.changed("it does not say how many events there are");
    }
    if (total.asInt() > 0 && !answer.at("/_embedded/events").isArray()) {
      throw calls.changed("it counts %d events and lists none".formatted(total.asInt()));
    }
    return answer;
  }

  private static void read(JsonNode page, EventTime time, EventReading reading) {
    for (JsonNode event : page.at("/_embedded/events")) {
      reading.read(event.path("id").asText(), event, () -> event(event, time));
    }
  }

  private static LocalEvent event(JsonNode event, EventTime time) {
    LocalDate starts = Json.date(event.at("/dates/start/localDate"));
    JsonNode end = event.at("/dates/end/localDate");
    JsonNode venue = event.at("/_embedded/venues/0");
    return new LocalEvent(
        Json.text(event.path("id"), "id"),
        Json.text(event.path("name"), "name"),
        starts,
        end.isTextual() ? Json.date(end) : starts,
        Json.point(venue.at("/location/latitude"), venue.at("/location/longitude")),
        Json.words(venue.at("/city/name")),
        OptionalLong.empty(),
        // Whoever can buy tickets knows of it.
        Json.day(event.at("/sales/public/startDateTime"), time.zone()),
        OFF.contains(event.at("/dates/status/code").asText())
            ? LocalEvent.Status.CANCELLED
            : LocalEvent.Status.PLANNED);
  }
}
