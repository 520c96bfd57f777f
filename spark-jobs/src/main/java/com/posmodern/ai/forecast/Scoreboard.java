package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.model.Metric;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/**
 * Accuracy of every forecaster: overall, per demand class and per week of the horizon; small,
 * whatever the number of series.
 */
final class Scoreboard implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The forecaster that is published. */
  static final String PUBLISHED = "published";

  private final Map<String, Map<String, Accuracy>> byForecaster = new HashMap<>();
  private final Map<String, WeeklyAccuracy> lowestLevel = new HashMap<>();
  private final SkillBootstrap bootstrap = new SkillBootstrap();

  /**
   * Candidates and the published forecast.
   *
   * @param intervalsWithoutFold calibrated on other folds, for the forecasters that have them
   */
  static Scoreboard of(
      JavaRDD<SeriesBacktest> backtest,
      PublishedForecast publication,
      Map<String, List<Intervals>> intervalsWithoutFold,
      int origins) {
    Scoreboard all = new Scoreboard();
    backtest
        .mapPartitions(
            rows -> {
              Scoreboard board = new Scoreboard();
              rows.forEachRemaining(
                  row ->
                      publication
                          .forecasters(row)
                          .forEach(
                              (name, forecast) ->
                                  board.add(
                                      row,
                                      name,
                                      forecast,
                                      intervalsWithoutFold.containsKey(name)
                                          ? intervalsWithoutFold
                                              .get(name)
                                              .get(CalibrationSample.fold(row, origins))
                                          : null)));
              return List.of(board).iterator();
            })
        .collect()
        .forEach(all::merge);
    all.addUpClasses();
    return all;
  }

  /** Name of a week of the horizon, counted from 1. */
  static String week(int bucket) {
    return "week_" + (bucket + 1);
  }

  void add(SeriesBacktest row, String forecaster, float[] forecast, Intervals intervals) {
    Accuracy ofClass = accuracy(forecaster, row.demandClass().id());
    double[] squares = new double[row.actual().length];
    Arrays.fill(squares, Double.NaN);
    double total = 0;
    int days = 0;
    for (int i = 0; i < row.actual().length; i++) {
      double actual = row.actual()[i];
      if (!Double.isNaN(actual)) {
        List<Accuracy> scopes =
            List.of(ofClass, accuracy(forecaster, week(Intervals.bucket(i + 1))));
        for (Accuracy scope : scopes) {
          scope.add(actual, forecast[i]);
        }
        if (intervals != null) {
          Interval interval = intervals.of(row.demandClass(), i + 1, forecast[i]);
          Interval.Quantiles ends = interval.around(forecast[i], row.dispersion(), row.units());
          for (Accuracy scope : scopes) {
            scope.addInterval(actual, ends, interval);
          }
        }
        squares[i] = (forecast[i] - actual) * (forecast[i] - actual);
        total += squares[i];
        days++;
      }
    }
    double meanSquaredError = days > 0 ? total / days : Double.NaN;
    if (days > 0 && row.naiveError() > 0) {
      double error = row.revenue28() * Math.sqrt(meanSquaredError / row.naiveError());
      bootstrap.add(forecaster, row.hash(), error);
    }
    lowest(forecaster).addSeries(squares, row.naiveError(), row.revenue28());
    ofClass.addSeries(meanSquaredError, row.naiveError(), row.revenue28());
  }

  /** Every series is of one class, so the classes add up to all. */
  void addUpClasses() {
    for (String forecaster : forecasters()) {
      for (DemandClass demandClass : DemandClass.values()) {
        of(forecaster, demandClass.id()).ifPresent(accuracy(forecaster, Metric.ALL)::merge);
      }
    }
  }

  private Accuracy accuracy(String forecaster, String scope) {
    return byForecaster
        .computeIfAbsent(forecaster, name -> new HashMap<>())
        .computeIfAbsent(scope, s -> new Accuracy());
  }

  /** Accuracy on the lowest level, that of single series. */
  WeeklyAccuracy lowest(String forecaster) {
    return lowestLevel.computeIfAbsent(forecaster, name -> new WeeklyAccuracy());
  }

  private void merge(Scoreboard other) {
    other.lowestLevel.forEach((name, accuracy) -> lowest(name).merge(accuracy));
    bootstrap.merge(other.bootstrap);
    other.byForecaster.forEach(
        (name, scopes) ->
            scopes.forEach((scope, accuracy) -> accuracy(name, scope).merge(accuracy)));
  }

  /** All forecasters that were judged. */
  Set<String> forecasters() {
    return new TreeSet<>(byForecaster.keySet());
  }

  /** Demand classes and weeks that the forecaster was judged in. */
  Set<String> scopes(String forecaster) {
    Set<String> scopes = new TreeSet<>(byForecaster.getOrDefault(forecaster, Map.of()).keySet());
    scopes.remove(Metric.ALL);
    return scopes;
  }

  Optional<Accuracy> of(String forecaster, String scope) {
    return Optional.ofNullable(byForecaster.getOrDefault(forecaster, Map.of()).get(scope));
  }

  /** Standard error of the published forecast's skill over a baseline, on the lowest level. */
  double skillError(String baseline) {
    return bootstrap.standardError(PUBLISHED, baseline);
  }

  /** Over all demand classes. */
  Accuracy of(String forecaster) {
    return of(forecaster, Metric.ALL).orElseGet(Accuracy::new);
  }
}
