package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Sums over several series, as running totals by day, so that the mean of any span costs two
 * look-ups.
 *
 * @param firstDay epoch day of the first element
 * @param demand running total of observed demand; element i holds the days before firstDay + i
 * @param seriesDays running total of series on sale and not sold out
 */
@SuppressWarnings("ArrayRecordComponent") // Read in the innermost loop.
record DailyTotals(int firstDay, double[] demand, double[] seriesDays) implements Serializable {

  /** Mean demand per series and day from one epoch day to another, both included; or NaN. */
  double mean(int from, int to) {
    int low = Math.max(from - firstDay, 0);
    int high = Math.min(to - firstDay + 1, demand.length - 1);
    if (low >= high) {
      return Double.NaN;
    }
    double days = seriesDays[high] - seriesDays[low];
    return days > 0 ? (demand[high] - demand[low]) / days : Double.NaN;
  }

  /** Mean number of series on sale from one epoch day to another, both included. */
  double meanSeries(int from, int to) {
    int low = Math.max(from - firstDay, 0);
    int high = Math.min(to - firstDay + 1, demand.length - 1);
    return low >= high ? 0 : (seriesDays[high] - seriesDays[low]) / (high - low);
  }

  /** Days of series from one epoch day to another, both included. */
  double seriesDaysOf(int from, int to) {
    int low = Math.max(from - firstDay, 0);
    int high = Math.min(to - firstDay + 1, demand.length - 1);
    return low >= high ? 0 : seriesDays[high] - seriesDays[low];
  }

  /** Mean demand of all series on the days on which any was on sale; NaN without such a day. */
  double perOpenDay(int from, int to) {
    int low = Math.max(from - firstDay, 0);
    int high = Math.min(to - firstDay + 1, demand.length - 1);
    int open = 0;
    for (int i = low; i < high; i++) {
      open += seriesDays[i + 1] > seriesDays[i] ? 1 : 0;
    }
    return open == 0 ? Double.NaN : (demand[high] - demand[low]) / open;
  }

  /** First epoch day with a series on sale; the day after the last one where there is none. */
  int firstKnownDay() {
    int index = 1;
    while (index < seriesDays.length && seriesDays[index] == 0) {
      index++;
    }
    return firstDay + index - 1;
  }

  /** Mean over the last weeks of the days that share the weekday of a day after the origin. */
  double sameWeekdayMean(int origin, int day, int weeks) {
    int last = day - 7 * ((day - origin + 6) / 7);
    double sum = 0;
    int count = 0;
    for (int week = 0; week < weeks; week++) {
      double value = mean(last - 7 * week, last - 7 * week);
      if (!Double.isNaN(value)) {
        sum += value;
        count++;
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  /**
   * Collects days of many series; adding in another order gives the same totals for whole units.
   */
  static final class Builder implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int firstDay;
    private final double[] demand;
    private final double[] seriesDays;

    Builder(int firstDay, int days) {
      this.firstDay = firstDay;
      this.demand = new double[days];
      this.seriesDays = new double[days];
    }

    void add(int seriesFirstDay, float[] observed, boolean[] stockOut) {
      for (int i = Math.max(0, firstDay - seriesFirstDay); i < observed.length; i++) {
        if (!stockOut[i]) {
          demand[seriesFirstDay + i - firstDay] += observed[i];
          seriesDays[seriesFirstDay + i - firstDay]++;
        }
      }
    }

    Builder merge(Builder other) {
      for (int i = 0; i < demand.length; i++) {
        demand[i] += other.demand[i];
        seriesDays[i] += other.seriesDays[i];
      }
      return this;
    }

    DailyTotals build() {
      double[] runningDemand = new double[demand.length + 1];
      double[] runningDays = new double[demand.length + 1];
      for (int i = 0; i < demand.length; i++) {
        // Rounded, so that the order of addition cannot tip a tree's split.
        runningDemand[i + 1] = runningDemand[i] + Math.rint(demand[i] * 1e4) / 1e4;
        runningDays[i + 1] = runningDays[i] + seriesDays[i];
      }
      return new DailyTotals(firstDay, runningDemand, runningDays);
    }
  }
}
