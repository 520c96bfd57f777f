package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the incidents of one series: runs of judged days out of the ordinary in one direction. */
final class SeriesIncidents {
  private SeriesIncidents() {}

  /**
   * One run of days.
   *
   * @param first index of its first day
   * @param last index of its last day
   * @param demand units of the run
   * @param expected units expected
   * @param lower sum of the days' 10 % quantiles
   * @param upper sum of the days' 90 % quantiles
   * @param deviations of its furthest day, in standard deviations
   * @param basis {@code FORECAST} where an earlier night published each of its days
   */
  record Incident(
      int first,
      int last,
      double demand,
      double expected,
      double lower,
      double upper,
      double deviations,
      Basis basis) {
    boolean above() {
      return deviations > 0;
    }

    private Incident and(int day, double units, Expectation range, double away) {
      return new Incident(
          first,
          day,
          demand + units,
          expected + range.centre(),
          lower + range.lower(),
          upper + range.upper(),
          Math.abs(away) > Math.abs(deviations) ? away : deviations,
          basis == Basis.FORECAST ? range.basis() : basis);
    }
  }

  /**
   * The incidents of the judged days, oldest first.
   *
   * @param demand one value per day up to the as-of date; NaN where it is unknown, which ends a run
   * @param mean published forecast per day, NaN for none; likewise p10 and p90
   * @param judged number of last days that are judged
   * @param threshold standard deviations from which on a day is out of the ordinary
   */
  static List<Incident> of(
      double[] demand, double[] mean, double[] p10, double[] p90, int judged, double threshold) {
    SeriesRange ranges = new SeriesRange(demand, judged);
    List<Incident> found = new ArrayList<>();
    for (int day = demand.length - judged; day < demand.length; day++) {
      if (Double.isNaN(demand[day])) {
        continue;
      }
      double units = demand[day];
      add(
          found,
          day,
          units,
          ranges
              .of(day, mean[day], p10[day], p90[day])
              .filter(range -> Math.abs(range.deviations(units)) >= threshold));
    }
    return found;
  }

  /**
   * Runs of judged days whose sales have not all arrived, whatever is missing.
   *
   * @param arrived units of such days, NaN on all others
   */
  static List<Incident> faults(
      double[] demand, double[] arrived, double[] mean, double[] p10, double[] p90, int judged) {
    SeriesRange ranges = new SeriesRange(demand, judged);
    List<Incident> found = new ArrayList<>();
    for (int day = demand.length - judged; day < demand.length; day++) {
      if (!Double.isNaN(arrived[day])) {
        add(found, day, arrived[day], ranges.of(day, mean[day], p10[day], p90[day]));
      }
    }
    return found;
  }

  /** To the run that ends on the day before in the same direction, or as a run of its own. */
  private static void add(
      List<Incident> found, int day, double units, Optional<Expectation> expected) {
    if (expected.isEmpty()) {
      return;
    }
    Expectation range = expected.get();
    double away = range.deviations(units);
    Incident before = found.isEmpty() ? null : found.get(found.size() - 1);
    if (before != null && before.last() == day - 1 && before.above() == away > 0) {
      found.set(found.size() - 1, before.and(day, units, range, away));
    } else {
      found.add(
          new Incident(
              day, day, units, range.centre(), range.lower(), range.upper(), away, range.basis()));
    }
  }
}
