package com.posmodern.ai.source.events;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A row of {@code source.local_events}: an event near a store.
 *
 * @param knownFrom day from which it was known with these days; empty: all along
 * @param toldBy name of its source
 */
public record EventRow(
    String eventId,
    String storeId,
    LocalDate startsOn,
    LocalDate endsOn,
    String name,
    Optional<Long> attendance,
    Optional<Double> kilometres,
    Optional<LocalDate> knownFrom,
    String toldBy) {

  /** What is never in the table twice. */
  public record Key(String eventId, String storeId) {}

  Key key() {
    return new Key(eventId, storeId);
  }

  boolean hasDaysOf(EventRow other) {
    return startsOn.equals(other.startsOn) && endsOn.equals(other.endsOn);
  }

  EventRow knownFrom(Optional<LocalDate> day) {
    return new EventRow(
        eventId, storeId, startsOn, endsOn, name, attendance, kilometres, day, toldBy);
  }

  /** The same event once more, on other days than those that it had. */
  EventRow again() {
    return new EventRow(
        eventId + "@" + startsOn,
        storeId,
        startsOn,
        endsOn,
        name,
        attendance,
        kilometres,
        knownFrom,
        toldBy);
  }

  EventRow endsOn(LocalDate day) {
    return new EventRow(
        eventId, storeId, startsOn, day, name, attendance, kilometres, knownFrom, toldBy);
  }
}
