package com.posmodern.ai.source.events;

import com.posmodern.ai.error.PosException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What changes in the rows of one source. The past stays as it was; from today on the source's last
 * word counts.
 *
 * @param changed new or other rows
 * @param removed rows of events that do not take place, or not near the store
 */
public record EventChanges(List<EventRow> changed, List<EventRow> removed) {
  /** When so many events vanish at once, the answer is taken for a part of one. */
  private static final int MOST_VANISHED = 10;

  /** Whether an answer that lacks most of what was known is believed. */
  public enum Belief {
    IF_PLAUSIBLE,
    WHATEVER_IT_SAYS
  }

  /**
   * Compares.
   *
   * @param former rows of the source that end on the first day of the time or later
   * @param seen last whole day when it told
   * @throws PosException bad data when more than half of the events to come vanished
   */
  public static EventChanges of(
      List<EventRow> former, ToldEvents told, LocalDate today, LocalDate seen, Belief belief) {
    Map<EventRow.Key, EventRow> before = new HashMap<>();
    former.forEach(row -> before.put(row.key(), row));
    List<EventRow> changed = new ArrayList<>();
    Set<EventRow.Key> there = new HashSet<>();
    for (EventRow row : told.rows()) {
      EventRow named = named(row, before, today);
      there.add(named.key());
      changed(before.get(named.key()), named, today, seen).ifPresent(changed::add);
    }
    List<EventRow> removed = new ArrayList<>();
    for (EventRow row : former) {
      if (there.contains(row.key()) || row.endsOn().isBefore(today)) {
        continue;
      }
      if (!row.startsOn().isBefore(today)) {
        removed.add(row);
      } else if (told.cancelled().contains(row.eventId())) {
        // It has begun: what was until yesterday, was. Some sources leave out what has begun.
        changed.add(row.endsOn(today.minusDays(1)));
      }
    }
    if (belief == Belief.IF_PLAUSIBLE) {
      requirePlausible(former, removed, told, today);
    }
    return new EventChanges(changed, removed);
  }

  /** Last year's fair under the same id is over; this year's is another one. */
  private static EventRow named(EventRow row, Map<EventRow.Key, EventRow> before, LocalDate today) {
    EventRow former = before.get(row.key());
    boolean tookPlace =
        former != null && former.endsOn().isBefore(today) && !row.endsOn().isBefore(today);
    return tookPlace || before.containsKey(row.again().key())
        ? row.again().knownFrom(Optional.empty())
        : row;
  }

  private static Optional<EventRow> changed(
      EventRow before, EventRow row, LocalDate today, LocalDate seen) {
    if (before == null) {
      return Optional.of(
          row.knownFrom(Optional.of(row.knownFrom().filter(seen::isAfter).orElse(seen))));
    }
    if (before.endsOn().isBefore(today) && row.endsOn().isBefore(today)) {
      return Optional.empty();
    }
    // Nobody knew the new days before today.
    EventRow now = row.knownFrom(row.hasDaysOf(before) ? before.knownFrom() : Optional.of(seen));
    return now.equals(before) ? Optional.empty() : Optional.of(now);
  }

  private static void requirePlausible(
      List<EventRow> former, List<EventRow> removed, ToldEvents told, LocalDate today) {
    Set<String> coming = new HashSet<>();
    former.stream()
        .filter(row -> !row.startsOn().isBefore(today))
        .forEach(row -> coming.add(row.eventId()));
    Set<String> vanished = new HashSet<>();
    removed.forEach(row -> vanished.add(row.eventId()));
    told.rows().forEach(row -> vanished.remove(row.eventId()));
    vanished.removeAll(told.cancelled());
    if (vanished.size() >= MOST_VANISHED && 2 * vanished.size() > coming.size()) {
      throw PosException.badData(
          "%d of %d events to come are not told of any more, and none says cancelled"
              .formatted(vanished.size(), coming.size()),
          told.source(),
          "Look whether its answer is whole. If it is, run local-events --rebuild once.");
    }
  }

  /** Whether nothing changes. */
  public boolean isEmpty() {
    return changed.isEmpty() && removed.isEmpty();
  }
}
