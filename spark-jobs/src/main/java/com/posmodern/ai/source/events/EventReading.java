package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Collects what is read, one event after the other: one that cannot be read is refused alone.
 *
 * @param events that could be read
 * @param refused the others
 */
record EventReading(List<LocalEvent> events, List<RefusedEvent> refused) {

  /**
   * Reads one.
   *
   * @param key for a refused one
   * @param event throws {@link Unreadable}
   */
  void read(String key, JsonNode told, Supplier<LocalEvent> event) {
    try {
      LocalEvent read = event.get();
      if (read.ends().isBefore(read.starts())) {
        throw new Unreadable("it ends before it begins");
      }
      events.add(read);
    } catch (Unreadable e) {
      refused.add(new RefusedEvent(key, e.getMessage(), told.toString()));
    } catch (DateTimeException e) {
      refused.add(new RefusedEvent(key, "a day that is none", told.toString()));
    }
  }
}
