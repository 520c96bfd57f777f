package com.posmodern.ai.forecast;

import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Demand, forecasts and revenue of the series of one group, summed; the order of the series does
 * not show.
 */
final class GroupDemand implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int firstDay;
  private final int days;
  private double[] history;
  private final ExactSum[] revenue;
  private final double[][] actual;
  private final double[][][] forecasts;

  private GroupDemand(int firstDay, int days, int origins) {
    this.firstDay = firstDay;
    this.days = days;
    this.revenue = new ExactSum[origins];
    Arrays.setAll(revenue, origin -> new ExactSum());
    this.actual = new double[origins][];
    this.forecasts = new double[origins][][];
  }

  /** A group without series. */
  static GroupDemand empty(int firstDay, int days, int origins) {
    return new GroupDemand(firstDay, days, origins);
  }

  /** What a series adds to the sums of its groups. */
  interface Part extends Serializable {
    void addTo(GroupDemand group);
  }

  /** Adds the history of a series. */
  void add(Series series) {
    if (history == null) {
      history = new double[days];
    }
    int from = Math.max(0, firstDay - series.firstDay());
    for (int i = from; i < series.days(); i++) {
      history[series.firstDay() + i - firstDay] += ExactSum.units(series.demand()[i]);
    }
  }

  /**
   * Adds a series from one origin. Days that are not judged are left out on both sides.
   *
   * @param byForecaster forecasts in the order of the sums
   */
  void add(SeriesBacktest row, List<float[]> byForecaster) {
    int origin = row.originIndex();
    int horizonDays = row.actual().length;
    if (actual[origin] == null) {
      actual[origin] = new double[horizonDays];
      forecasts[origin] = new double[byForecaster.size()][horizonDays];
    }
    for (int day = 0; day < horizonDays; day++) {
      if (!Float.isNaN(row.actual()[day])) {
        actual[origin][day] += ExactSum.units(row.actual()[day]);
        for (int i = 0; i < byForecaster.size(); i++) {
          forecasts[origin][i][day] += ExactSum.units(byForecaster.get(i)[day]);
        }
      }
    }
    revenue[origin].add(row.revenue28());
  }

  GroupDemand merge(GroupDemand other) {
    history = sum(history, other.history);
    for (int origin = 0; origin < revenue.length; origin++) {
      revenue[origin].add(other.revenue[origin]);
      actual[origin] = sum(actual[origin], other.actual[origin]);
      if (forecasts[origin] == null) {
        forecasts[origin] = other.forecasts[origin];
      } else if (other.forecasts[origin] != null) {
        for (int i = 0; i < forecasts[origin].length; i++) {
          sum(forecasts[origin][i], other.forecasts[origin][i]);
        }
      }
    }
    return this;
  }

  private static double[] sum(double[] into, double[] other) {
    if (into == null || other == null) {
      return into == null ? other : into;
    }
    for (int i = 0; i < into.length; i++) {
      into[i] += other[i];
    }
    return into;
  }

  /** Adds the group's RMSSE at every origin to the accuracy of each forecaster. */
  void addTo(WeeklyAccuracy[] byForecaster, List<Integer> originDays) {
    for (int origin = 0; origin < revenue.length; origin++) {
      if (actual[origin] != null && history != null) {
        double naiveError = naiveError(originDays.get(origin) - firstDay);
        for (int i = 0; i < byForecaster.length; i++) {
          double[] squares = new double[actual[origin].length];
          for (int day = 0; day < squares.length; day++) {
            double error = forecasts[origin][i][day] - actual[origin][day];
            squares[day] = error * error;
          }
          byForecaster[i].addSeries(squares, naiveError, revenue[origin].value());
        }
      }
    }
  }

  private double naiveError(int last) {
    double total = 0;
    int pairs = 0;
    boolean started = false;
    for (int i = 0; i <= last; i++) {
      if (started) {
        double step = history[i] - history[i - 1];
        total += step * step;
        pairs++;
      }
      started |= history[i] > 0;
    }
    return pairs > 0 ? total / pairs : Double.NaN;
  }
}
