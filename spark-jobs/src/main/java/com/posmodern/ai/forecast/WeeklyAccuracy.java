package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Accuracy over the whole horizon, and in each of its weeks. */
final class WeeklyAccuracy implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Accuracy whole = new Accuracy();
  private final List<Accuracy> weeks = new ArrayList<>();

  /**
   * One series or group from one origin.
   *
   * @param squares squared error per day of the horizon; NaN on days not judged
   */
  void addSeries(double[] squares, double naiveError, double revenue) {
    whole.addSeries(mean(squares, 0, squares.length), naiveError, revenue);
    for (int from = 0; from < squares.length; from += 7) {
      double ofWeek = mean(squares, from, Math.min(from + 7, squares.length));
      week(from / 7).addSeries(ofWeek, naiveError, revenue);
    }
  }

  private static double mean(double[] squares, int from, int to) {
    double sum = 0;
    int days = 0;
    for (int day = from; day < to; day++) {
      if (!Double.isNaN(squares[day])) {
        sum += squares[day];
        days++;
      }
    }
    return days > 0 ? sum / days : Double.NaN;
  }

  private Accuracy week(int week) {
    while (weeks.size() <= week) {
      weeks.add(new Accuracy());
    }
    return weeks.get(week);
  }

  WeeklyAccuracy merge(WeeklyAccuracy other) {
    whole.merge(other.whole);
    for (int week = 0; week < other.weeks.size(); week++) {
      week(week).merge(other.weeks.get(week));
    }
    return this;
  }

  /** WRMSSE of the whole horizon. */
  double wrmsse() {
    return whole.wrmsse();
  }

  /** WRMSSE of each week of the horizon. */
  List<Double> wrmsseByWeek() {
    return weeks.stream().map(Accuracy::wrmsse).toList();
  }
}
