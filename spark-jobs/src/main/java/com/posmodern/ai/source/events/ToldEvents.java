package com.posmodern.ai.source.events;

import com.posmodern.ai.error.PosException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a source told, as rows. Every event is one of: near a store, elsewhere in place or time,
 * cancelled, told twice, refused.
 *
 * @param rows of events near a store, known from the day on which they were announced
 * @param cancelled ids of the rows' form
 */
public record ToldEvents(
    String source,
    List<EventRow> rows,
    Set<String> cancelled,
    List<RefusedEvent> refused,
    Counts counts) {

  /** Events by what became of them. */
  public record Counts(int told, int near, int elsewhere, int cancelled, int twice, int refused) {
    @Override
    public String toString() {
      return "%d told: %d near stores, %d elsewhere or at another time, %d cancelled, %d told twice, %d refused"
          .formatted(told, near, elsewhere, cancelled, twice, refused);
    }
  }

  /**
   * Judges.
   *
   * @throws PosException bad data when the source told of events and all are refused: then it has
   *     another shape
   */
  public static ToldEvents of(
      String source, EventAnswer answer, NearbyStores stores, EventTime time) {
    Map<String, LocalEvent> events = new LinkedHashMap<>();
    // The last word counts.
    answer.events().forEach(event -> events.put(event.id(), event));
    List<RefusedEvent> refused = new ArrayList<>(answer.refused());
    List<EventRow> rows = new ArrayList<>();
    Set<String> cancelled = new HashSet<>();
    int near = 0;
    int elsewhere = 0;
    for (LocalEvent event : events.values()) {
      if (event.status() == LocalEvent.Status.CANCELLED) {
        cancelled.add(id(source, event));
      } else if (event.status() == LocalEvent.Status.ONLINE || !time.has(event)) {
        elsewhere++;
      } else {
        Optional<List<NearbyStores.Near>> found = stores.of(event);
        if (found.isEmpty()) {
          refused.add(
              new RefusedEvent(
                  event.id(), "it has no position, and no store is where it is", told(event)));
        } else if (found.get().isEmpty()) {
          elsewhere++;
        } else {
          near++;
          found.get().forEach(store -> rows.add(row(source, event, store)));
        }
      }
    }
    int told = answer.events().size() + answer.refused().size();
    if (told > 0 && refused.size() == told) {
      throw PosException.badData(
          "none of the %d events that it told of can be used: %s"
              .formatted(told, refused.get(0).reason()),
          source,
          "Look at the source and its settings; nothing of it was written.");
    }
    return new ToldEvents(
        source,
        rows,
        cancelled,
        refused,
        new Counts(
            told,
            near,
            elsewhere,
            cancelled.size(),
            answer.events().size() - events.size(),
            refused.size()));
  }

  private static String id(String source, LocalEvent event) {
    return source + ":" + event.id();
  }

  private static String told(LocalEvent event) {
    return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance
        .objectNode()
        .put("id", event.id())
        .put("name", event.name())
        .put("starts", event.starts().toString())
        .put("place", event.place().orElse(""))
        .toString();
  }

  private static EventRow row(String source, LocalEvent event, NearbyStores.Near near) {
    return new EventRow(
        id(source, event),
        near.storeId(),
        event.starts(),
        event.ends(),
        event.name(),
        event.attendance().isPresent()
            ? Optional.of(event.attendance().getAsLong())
            : Optional.empty(),
        near.kilometres().isPresent()
            ? Optional.of(near.kilometres().getAsDouble())
            : Optional.empty(),
        event.published(),
        source);
  }
}
