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

  /** By day: the days from which its events were known. */
  private final int[][] knownFrom;

  /** By day: how large they are, in the same order. */
  private final float[][] size;

  private KnownEvents(int firstDay, int[][] knownFrom, float[][] size) {
    this.firstDay = firstDay;
    this.knownFrom = knownFrom;
    this.size = size;
  }

  /**
   * The size of the largest event of the day, of those known at the end of the day {@code origin}:
   * log(1 + visitors); 0 for none.
   */
  float at(int day, int origin) {
    int index = day - firstDay;
    float largest = 0;
    if (index >= 0 && index < knownFrom.length) {
      for (int i = 0; i < knownFrom[index].length; i++) {
        if (knownFrom[index][i] <= origin) {
          largest = Math.max(largest, size[index][i]);
        }
      }
    }
    return largest;
  }

  /** Collects the events of one store, in any order. */
  static final class Builder {
    private final int firstDay;
    private final List<List<Event>> days = new ArrayList<>();

    private record Event(int knownFrom, float size) {}

    /**
     * @param lastDay last epoch day that is kept
     */
    Builder(int firstDay, int lastDay) {
      this.firstDay = firstDay;
      for (int day = firstDay; day <= lastDay; day++) {
        days.add(new ArrayList<>());
      }
    }

    /**
     * Adds an event.
     *
     * @param knownFrom epoch day; {@link Integer#MIN_VALUE} where nobody recorded it
     * @param visitors expected
     */
    Builder add(int starts, int ends, int knownFrom, double visitors) {
      int last = Math.min(ends, firstDay + days.size() - 1);
      for (int day = Math.max(starts, firstDay); day <= last; day++) {
        days.get(day - firstDay).add(new Event(knownFrom, (float) Math.log1p(visitors)));
      }
      return this;
    }

    KnownEvents build() {
      int[][] knownFrom = new int[days.size()][];
      float[][] size = new float[days.size()][];
      for (int i = 0; i < knownFrom.length; i++) {
        List<Event> events = days.get(i);
        knownFrom[i] = new int[events.size()];
        size[i] = new float[events.size()];
        for (int k = 0; k < events.size(); k++) {
          knownFrom[i][k] = events.get(k).knownFrom();
          size[i][k] = events.get(k).size();
        }
      }
      return new KnownEvents(firstDay, knownFrom, size);
    }
  }
}
