package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the incidents of one series: runs of judged days out of the ordinary in one direction. */
final class SeriesIncidents {
  /** What is wrong with an expectation on one day is so in part on the next. */
  private static final double CORRELATION = 0.3;

  private SeriesIncidents() {}

  /**
   * One run of days.
   *
   * @param first index of its first day
   * @param last index of its last day
   * @param observed sum of the days
   * @param expected sum of what was expected
   * @param lower sum of the days' 10 % quantiles
   * @param upper sum of the days' 90 % quantiles
   * @param deviations of the run as a whole, in standard deviations
   * @param basis {@code FORECAST} where an earlier night published each of its days
   */
  record Incident(
      int first,
      int last,
      double observed,
      double expected,
      double lower,
      double upper,
      double deviations,
      Basis basis) {
    boolean above() {
      return deviations > 0;
    }

    /** The same of other values of the same days. */
    Incident withObserved(double[] values) {
      double sum = Arrays.stream(values, first, last + 1).sum();
      return new Incident(first, last, sum, expected, lower, upper, deviations, basis);
    }

    /** The same with its sums in another unit, of which one is so many. */
    Incident times(double unit) {
      return new Incident(
          first,
          last,
          observed * unit,
          expected * unit,
          lower * unit,
          upper * unit,
          deviations,
          basis);
    }
  }

  /**
   * The incidents of the judged days, oldest first. Of days that follow each other on the same side
   * of what was expected, the run that lies furthest from it, in standard deviations of its sum, is
   * an incident if it is far enough; then the days before and after it are looked at in the same
   * way. So several days of which none is extraordinary can be one.
   *
   * @param observed one value per day up to the as-of date; NaN where it is unknown, which ends a
   *     run
   * @param expected per day, null where nothing says what was to be expected
   * @param judged number of last days that are judged
   * @param threshold standard deviations from which on a run is out of the ordinary
   */
  static List<Incident> of(
      double[] observed, Expectation[] expected, int judged, double threshold) {
    List<Incident> found = new ArrayList<>();
    int day = observed.length - judged;
    while (day < observed.length) {
      int end = day;
      while (end < observed.length
          && known(observed, expected, end)
          && side(observed, expected, end) == side(observed, expected, day)) {
        end++;
      }
      furthest(found, observed, expected, day, end, threshold);
      day = Math.max(end, day + 1);
    }
    return found;
  }

  /** Runs of judged days for which there is a value, however far from the expected one. */
  static List<Incident> all(double[] observed, Expectation[] expected, int judged) {
    List<Incident> found = new ArrayList<>();
    int day = observed.length - judged;
    while (day < observed.length) {
      int end = day;
      while (end < observed.length && known(observed, expected, end)) {
        end++;
      }
      if (end > day) {
        found.add(run(observed, expected, day, end));
      }
      day = end + 1;
    }
    return found;
  }

  private static boolean known(double[] observed, Expectation[] expected, int day) {
    return !Double.isNaN(observed[day]) && expected[day] != null;
  }

  private static double side(double[] observed, Expectation[] expected, int day) {
    return Math.signum(observed[day] - expected[day].centre());
  }

  private static void furthest(
      List<Incident> found,
      double[] observed,
      Expectation[] expected,
      int from,
      int until,
      double threshold) {
    Incident best = null;
    for (int first = from; first < until; first++) {
      for (int end = first + 1; end <= until; end++) {
        Incident run = run(observed, expected, first, end);
        if (Math.abs(run.deviations()) >= threshold
            && (best == null || Math.abs(run.deviations()) > Math.abs(best.deviations()))) {
          best = run;
        }
      }
    }
    if (best == null) {
      return;
    }
    furthest(found, observed, expected, from, best.first(), threshold);
    Incident before = found.isEmpty() ? null : found.get(found.size() - 1);
    if (before != null && before.last() == best.first() - 1 && before.above() == best.above()) {
      found.set(
          found.size() - 1,
          joined(before, run(observed, expected, before.first(), best.last() + 1), best));
    } else {
      found.add(best);
    }
    int mark = found.size();
    furthest(found, observed, expected, best.last() + 1, until, threshold);
    if (found.size() > mark) {
      Incident last = found.get(mark - 1);
      Incident next = found.get(mark);
      if (next.first() == last.last() + 1 && next.above() == last.above()) {
        found.set(
            mark - 1, joined(last, run(observed, expected, last.first(), next.last() + 1), next));
        found.remove(mark);
      }
    }
  }

  /** The run of both, as far from the expected as the further of the two. */
  private static Incident joined(Incident one, Incident sum, Incident other) {
    double deviations =
        Math.abs(one.deviations()) > Math.abs(other.deviations())
            ? one.deviations()
            : other.deviations();
    return new Incident(
        sum.first(),
        sum.last(),
        sum.observed(),
        sum.expected(),
        sum.lower(),
        sum.upper(),
        deviations,
        sum.basis());
  }

  private static Incident run(double[] observed, Expectation[] expected, int first, int end) {
    double sum = 0;
    double centre = 0;
    double lower = 0;
    double upper = 0;
    double variance = 0;
    Basis basis = Basis.FORECAST;
    for (int day = first; day < end; day++) {
      sum += observed[day];
      centre += expected[day].centre();
      lower += expected[day].lower();
      upper += expected[day].upper();
      variance += expected[day].scale() * expected[day].scale();
      basis = basis == Basis.FORECAST ? expected[day].basis() : basis;
    }
    double deviations =
        Expectation.deviations(sum, centre, variance * (1 + (end - first - 1) * CORRELATION));
    return new Incident(first, end - 1, sum, centre, lower, upper, deviations, basis);
  }
}
