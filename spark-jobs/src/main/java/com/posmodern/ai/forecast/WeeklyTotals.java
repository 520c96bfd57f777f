package com.posmodern.ai.forecast;

import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;

/**
 * Sums by week, counted back from the last day known: small enough to keep many of them. Spans are
 * those weeks that lie wholly within the days asked for, so nothing after an origin shows.
 *
 * @param lastDay epoch day on which week 0 ends
 * @param units demand per week
 * @param seriesDays days of series on sale and not sold out, per week
 */
@SuppressWarnings("ArrayRecordComponent") // Compact: thousands of them are shipped to every task.
record WeeklyTotals(int lastDay, double[] units, double[] seriesDays) implements Serializable {
  private static final int WEEK = 7;

  /** As many weeks as hold that many days. */
  static WeeklyTotals empty(int lastDay, int days) {
    int weeks = Math.floorDiv(days + WEEK - 1, WEEK);
    return new WeeklyTotals(lastDay, new double[weeks], new double[weeks]);
  }

  /** Adds what a series sold on the known days from {@code from} to {@code to}, both included. */
  WeeklyTotals add(Series series, int from, int to) {
    for (int day = Math.max(from, series.firstDay()); day <= Math.min(to, lastDay); day++) {
      int index = day - series.firstDay();
      int week = (lastDay - day) / WEEK;
      if (week < units.length && !series.stockOut()[index]) {
        units[week] += ExactSum.units(series.demand()[index]);
        seriesDays[week]++;
      }
    }
    return this;
  }

  /** Adds the sums of the same weeks of other series. */
  WeeklyTotals merge(WeeklyTotals other) {
    for (int week = 0; week < units.length; week++) {
      units[week] += other.units[week];
      seriesDays[week] += other.seriesDays[week];
    }
    return this;
  }

  double unitsOf(int from, int to) {
    return sum(units, from, to);
  }

  double seriesDaysOf(int from, int to) {
    return sum(seriesDays, from, to);
  }

  private double sum(double[] values, int from, int to) {
    int newest = Math.max(0, Math.floorDiv(lastDay - to + WEEK - 1, WEEK));
    int oldest = Math.min(values.length - 1, Math.floorDiv(lastDay - WEEK + 1 - from, WEEK));
    double sum = 0;
    for (int week = newest; week <= oldest; week++) {
      sum += values[week];
    }
    return sum;
  }
}
