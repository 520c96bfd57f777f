package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one source told of one term: a value counts from the day on which it was published, and a
 * corrected one replaces the former from the day of its correction on.
 *
 * @param source how far the source had told by when
 * @param values by day, and the day from which they were known
 */
record TermValues(Reach source, List<Told> values) implements Serializable {

  /** A source that has told nothing for longer than this is no longer believed. */
  static final int LONGEST_SILENCE = 28;

  /** A value of a day, and since when it was known. */
  record Told(int day, int knownFrom, double value) implements Serializable {}

  TermValues sorted() {
    List<Told> sorted = new ArrayList<>(values);
    sorted.sort(Comparator.comparingInt(Told::day).thenComparingInt(Told::knownFrom));
    return new TermValues(source, sorted);
  }

  /**
   * Mean of the last days ÷ mean of more days, up to the last day that the source had told of at
   * the end of the day {@code origin}. Days that a source leaves out count as zeros, as days
   * without an entry in a feed do. NaN where the source had told less, nothing lately, or zeros
   * only.
   */
  double ratio(int days, int moreDays, int origin) {
    Reach.Days told = source.at(origin);
    if (told == null
        || origin - told.last() > LONGEST_SILENCE
        || told.last() - moreDays + 1 < told.first()) {
      return Double.NaN;
    }
    double more = sum(told.last() - moreDays + 1, told.last(), origin) / moreDays;
    double few = sum(told.last() - days + 1, told.last(), origin) / days;
    return more > 0 ? few / more : Double.NaN;
  }

  private double sum(int from, int to, int origin) {
    double sum = 0;
    for (int i = firstFrom(from); i < values.size() && values.get(i).day() <= to; i++) {
      Told told = values.get(i);
      boolean replaced =
          i + 1 < values.size()
              && values.get(i + 1).day() == told.day()
              && values.get(i + 1).knownFrom() <= origin;
      if (told.knownFrom() <= origin && !replaced) {
        sum += told.value();
      }
    }
    return sum;
  }

  private int firstFrom(int day) {
    int low = 0;
    int high = values.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values.get(middle).day() < day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Which days a source had told of by when, of any of its terms. */
  static final class Reach implements Serializable {
    private static final long serialVersionUID = 1L;

    private final TreeMap<Integer, Days> byKnownFrom = new TreeMap<>();

    /** First and last day. */
    record Days(int first, int last) implements Serializable {
      Days and(Days other) {
        return new Days(Math.min(first, other.first), Math.max(last, other.last));
      }
    }

    void add(Told told) {
      byKnownFrom.merge(told.knownFrom(), new Days(told.day(), told.day()), Days::and);
    }

    /** After the last value: each entry then says what was known by then, not what was new. */
    void accumulate() {
      Days before = null;
      for (Map.Entry<Integer, Days> entry : byKnownFrom.entrySet()) {
        before = before == null ? entry.getValue() : before.and(entry.getValue());
        entry.setValue(before);
      }
    }

    /** Null where the source had told nothing yet. */
    Days at(int origin) {
      Map.Entry<Integer, Days> known = byKnownFrom.floorEntry(origin);
      return known == null ? null : known.getValue();
    }
  }
}
