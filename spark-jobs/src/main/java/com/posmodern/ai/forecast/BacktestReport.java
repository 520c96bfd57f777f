package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a backtest says.
 *
 * @param levels WRMSSE per forecaster on every level of M5 but the lowest
 * @param calibration of the published forecast
 * @param examples a bounded number of series at every origin, for plots
 * @param folds see {@link CalibrationSample}
 */
record BacktestReport(
    Champions champions,
    Scoreboard scoreboard,
    Map<String, Map<Level, Double>> levels,
    Calibration calibration,
    List<SeriesBacktest> examples,
    int folds) {

  /** Where nothing could be judged. */
  static BacktestReport unjudged(int horizonDays) {
    return new BacktestReport(
        Champions.unjudged(),
        new Scoreboard(),
        Map.of(),
        new Calibration(Intervals.assumed(horizonDays), List.of()),
        List.of(),
        0);
  }

  static BacktestReport of(
      JavaRDD<Series> series,
      JavaRDD<SeriesBacktest> backtest,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      History history,
      ForecastSettings settings) {
    Scoreboard candidates = Scoreboard.ofCandidates(backtest);
    Champions champions = Champions.choose(candidates, settings);
    int origins = plan.origins().size();
    int folds = CalibrationSample.folds(origins);
    double days = candidates.of(Candidate.SEASONAL_NAIVE.id()).days();
    double share = settings.conformal().maxCalibrationRows() / Math.max(1, days);
    Map<String, List<CalibrationRow>> rows =
        CalibrationSample.draw(backtest, champions, origins, share);
    Map<String, List<Intervals>> withoutFold = new HashMap<>();
    for (String name : candidates.forecasters()) {
      withoutFold.put(name, calibrated(rows, name, folds, plan, settings).withoutFold());
    }
    Calibration published = calibrated(rows, Scoreboard.PUBLISHED, folds, plan, settings);
    withoutFold.put(Scoreboard.PUBLISHED, published.withoutFold());
    Scoreboard scoreboard =
        Scoreboard.withIntervals(
            backtest, champions, withoutFold, folds, settings.conformal().coverage());
    Set<String> complete = new HashSet<>(scoreboard.forecasters());
    complete.remove(Candidate.CATEGORY_MEAN.id());
    Map<String, Map<Level, Double>> levels =
        GroupAccuracy.wrmsse(
            series,
            backtest,
            surroundings,
            champions,
            complete.stream().sorted().toList(),
            plan.origins(),
            history.firstDay(),
            history.asOfDay());
    return new BacktestReport(
        champions,
        scoreboard,
        levels,
        published,
        examples(backtest, origins - 1, settings.backtestSeries()),
        folds);
  }

  private static Calibration calibrated(
      Map<String, List<CalibrationRow>> rows,
      String name,
      int folds,
      BacktestPlan plan,
      ForecastSettings settings) {
    return Calibration.of(
        rows.getOrDefault(name, List.of()), folds, plan.horizonDays(), settings.conformal());
  }

  /** The series with the highest revenue before the newest origin, at every origin. */
  private static List<SeriesBacktest> examples(
      JavaRDD<SeriesBacktest> backtest, int newest, int most) {
    if (most == 0) {
      return List.of();
    }
    Set<String> keys = new HashSet<>();
    backtest
        .filter(row -> row.originIndex() == newest)
        .takeOrdered(most, new ByRevenue())
        .forEach(row -> keys.add(row.key()));
    List<SeriesBacktest> examples =
        new ArrayList<>(backtest.filter(row -> keys.contains(row.key())).collect());
    examples.sort(Comparator.comparing(SeriesBacktest::key).thenComparing(SeriesBacktest::origin));
    return examples;
  }

  /** Highest revenue first; ships to the executors. */
  private static final class ByRevenue implements Comparator<SeriesBacktest>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(SeriesBacktest one, SeriesBacktest other) {
      int byRevenue = Double.compare(other.revenue28(), one.revenue28());
      return byRevenue != 0 ? byRevenue : one.key().compareTo(other.key());
    }
  }
}
