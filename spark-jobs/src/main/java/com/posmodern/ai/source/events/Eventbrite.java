package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.source.api.ApiCalls;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The events of one organisation at Eventbrite, past ones as well:
 * https://www.eventbrite.com/platform/api#/reference/event/list. How many may come stands for how
 * many will.
 */
final class Eventbrite implements EventSource {
  static final String TOKEN = "POS_EVENTBRITE_TOKEN";

  private static final String OWN = "https://www.eventbriteapi.com";

  /** No organisation has as many. */
  private static final int MOST_PAGES = 1000;

  private final EventSourceSettings.Eventbrite settings;
  private final String token;
  private final ApiCalls calls;

  private Eventbrite(EventSourceSettings.Eventbrite settings, String token, ApiCalls calls) {
    this.settings = settings;
    this.token = token;
    this.calls = calls;
  }

  static Eventbrite of(
      EventSourceSettings.Eventbrite settings,
      CallSettings calls,
      UnaryOperator<String> environment) {
    return new Eventbrite(
        settings,
        Keys.required(TOKEN, settings.name(), environment),
        new ApiCalls(settings.name(), TOKEN, calls));
  }

  @Override
  public EventAnswer ask(EventTime time) {
    List<LocalEvent> events = new ArrayList<>();
    EventReading reading = new EventReading(events, new ArrayList<>());
    String continuation = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      JsonNode answer = page(continuation);
      for (JsonNode event : answer.path("events")) {
        reading.read(event.path("id").asText(), event, () -> event(event, time));
      }
      // The latest come first.
      boolean old =
          !events.isEmpty() && events.get(events.size() - 1).starts().isBefore(time.first());
      String next = answer.at("/pagination/continuation").asText("");
      if (old || !answer.at("/pagination/has_more_items").asBoolean()) {
        return new EventAnswer(events, reading.refused());
      }
      if (next.isEmpty() || next.equals(continuation)) {
        throw calls.changed("it says that there is more, and not how to ask for it");
      }
      continuation = next;
    }
    throw calls.changed("it has no last page");
  }

  private JsonNode page(String continuation) {
    Map<String, String> query = new HashMap<>();
    query.put("expand", "venue");
    query.put("status", "live,started,ended,completed,canceled");
    query.put("order_by", "start_desc");
    if (!continuation.isEmpty()) {
      query.put("continuation", continuation);
    }
    String url = settings.url().isEmpty() ? OWN : settings.url();
    JsonNode answer =
        calls.get(
            "%s/v3/organizations/%s/events/".formatted(url, settings.organization()),
            query,
            Map.of("Authorization", "Bearer " + token));
    if (!answer.path("events").isArray() || !answer.at("/pagination/has_more_items").isBoolean()) {
      throw calls.changed("it has no events or no pagination");
    }
    return answer;
  }

  private static LocalEvent event(JsonNode event, EventTime time) {
    LocalDateTime begin = Json.moment(event.at("/start/local"));
    LocalDateTime end = Json.moment(event.at("/end/local"));
    LocalDate ends = end.minusSeconds(1).toLocalDate();
    JsonNode venue = event.path("venue");
    JsonNode capacity = event.path("capacity");
    LocalEvent.Status status = LocalEvent.Status.PLANNED;
    if (Set.of("canceled", "cancelled").contains(event.path("status").asText())) {
      status = LocalEvent.Status.CANCELLED;
    } else if (event.path("online_event").asBoolean()) {
      status = LocalEvent.Status.ONLINE;
    }
    return new LocalEvent(
        Json.text(event.path("id"), "id"),
        Json.text(event.at("/name/text"), "name"),
        begin.toLocalDate(),
        end.isEqual(begin) ? begin.toLocalDate() : ends,
        Json.point(venue.path("latitude"), venue.path("longitude")),
        Json.words(venue.at("/address/city")),
        capacity.canConvertToLong() && capacity.asLong() > 0
            ? OptionalLong.of(capacity.asLong())
            : OptionalLong.empty(),
        Json.day(event.path("published"), time.zone()),
        status);
  }
}
