package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Events near one store, each known from a day on: what was expected of a day on an earlier one.
 */
final class KnownEvents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int firstDay;

  /** By day. */
  private final List<List<Event>> days;

  /**
   * An event.
   *
   * @param knownFrom epoch day
   * @param size log(1 + visitors)
   * @param distance from the store in kilometres; NaN where nobody knows
   */
  private record Event(int knownFrom, float size, float distance) implements Serializable {}

  private final boolean distances;

  private KnownEvents(int firstDay, List<List<Event>> days) {
    this.firstDay = firstDay;
    this.days = days;
    this.distances =
        days.stream()
            .anyMatch(day -> day.stream().anyMatch(event -> !Float.isNaN(event.distance())));
  }

  /**
   * The size of the largest event of the day, of those known at the end of the day {@code origin}:
   * log(1 + visitors); 0 for none.
   */
  float at(int day, int origin) {
    Event largest = largest(day, origin);
    return largest == null ? 0 : largest.size();
  }

  /** How far that event is, in kilometres; NaN without one, and where nobody knows. */
  float distanceAt(int day, int origin) {
    Event largest = largest(day, origin);
    return largest == null ? Float.NaN : largest.distance();
  }

  /** Of two of one size the nearer one; null without any. */
  private Event largest(int day, int origin) {
    int index = day - firstDay;
    Event largest = null;
    if (index >= 0 && index < days.size()) {
      for (Event event : days.get(index)) {
        if (event.knownFrom() <= origin && (largest == null || isLarger(event, largest))) {
          largest = event;
        }
      }
    }
    return largest;
  }

  private static boolean isLarger(Event one, Event other) {
    // Compare puts an unknown distance behind the known ones.
    return one.size() > other.size()
        || (one.size() == other.size() && Float.compare(one.distance(), other.distance()) < 0);
  }

  /** True when it is known of one at least how far it is. */
  boolean hasDistances() {
    return distances;
  }

  /** Collects the events of one store, in any order. */
  static final class Builder {
    private final int firstDay;
    private final List<List<Event>> days = new ArrayList<>();

    /**
     * @param lastDay last epoch day that is kept
     */
    Builder(int firstDay, int lastDay) {
      this.firstDay = firstDay;
      for (int day = firstDay; day <= lastDay; day++) {
        days.add(new ArrayList<>(0));
      }
    }

    /**
     * Adds an event.
     *
     * @param knownFrom epoch day; {@link Integer#MIN_VALUE} where nobody recorded it
     * @param visitors expected
     * @param distance in kilometres; NaN where nobody knows
     */
    Builder add(int starts, int ends, int knownFrom, double visitors, double distance) {
      Event event = new Event(knownFrom, (float) Math.log1p(visitors), (float) distance);
      int last = Math.min(ends, firstDay + days.size() - 1);
      for (int day = Math.max(starts, firstDay); day <= last; day++) {
        days.get(day - firstDay).add(event);
      }
      return this;
    }

    KnownEvents build() {
      return new KnownEvents(firstDay, days);
    }
  }
}
