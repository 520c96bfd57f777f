package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/** Accuracy of every forecaster in every scope; small, whatever the number of series. */
final class Scoreboard implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The forecaster that is published: in each demand class its champion. */
  static final String PUBLISHED = "published";

  private final Map<String, Map<DemandClass, Accuracy>> byForecaster = new HashMap<>();

  /** Candidates alone, without intervals: enough to choose champions. */
  static Scoreboard ofCandidates(JavaRDD<SeriesBacktest> backtest) {
    return backtest.aggregate(
        new Scoreboard(),
        (board, row) -> {
          row.forecasts()
              .forEach((candidate, forecast) -> board.add(row, candidate.id(), forecast, null, 0));
          return board;
        },
        Scoreboard::merge);
  }

  /** Candidates and the published forecast, with intervals calibrated on other folds. */
  static Scoreboard withIntervals(
      JavaRDD<SeriesBacktest> backtest,
      Champions champions,
      Map<String, List<Intervals>> intervalsWithoutFold,
      int folds,
      double coverage) {
    return backtest.aggregate(
        new Scoreboard(),
        (board, row) -> {
          champions
              .forecasters(row)
              .forEach(
                  (name, forecast) ->
                      board.add(
                          row,
                          name,
                          forecast,
                          intervalsWithoutFold.get(name).get(CalibrationSample.fold(row, folds)),
                          coverage));
          return board;
        },
        Scoreboard::merge);
  }

  private void add(
      SeriesBacktest row,
      String forecaster,
      float[] forecast,
      Intervals intervals,
      double coverage) {
    Accuracy accuracy =
        byForecaster
            .computeIfAbsent(forecaster, name -> new EnumMap<>(DemandClass.class))
            .computeIfAbsent(row.demandClass(), scope -> new Accuracy());
    double squares = 0;
    int days = 0;
    for (int i = 0; i < row.actual().length; i++) {
      double actual = row.actual()[i];
      if (!Double.isNaN(actual)) {
        accuracy.add(actual, forecast[i]);
        squares += (forecast[i] - actual) * (forecast[i] - actual);
        days++;
        if (intervals != null) {
          Interval interval = intervals.of(row.demandClass(), i + 1);
          accuracy.addInterval(
              actual, interval.around(forecast[i], row.dispersion(), row.wholeUnits()), coverage);
        }
      }
    }
    accuracy.addSeries(days > 0 ? squares / days : Double.NaN, row.naiveError(), row.revenue28());
  }

  private Scoreboard merge(Scoreboard other) {
    other.byForecaster.forEach(
        (name, scopes) ->
            scopes.forEach(
                (scope, accuracy) ->
                    byForecaster
                        .computeIfAbsent(name, n -> new EnumMap<>(DemandClass.class))
                        .merge(scope, accuracy, Accuracy::merge)));
    return this;
  }

  /** Everyone who was judged. */
  Set<String> forecasters() {
    return new TreeSet<>(byForecaster.keySet());
  }

  Optional<Accuracy> of(String forecaster, DemandClass scope) {
    return Optional.ofNullable(byForecaster.getOrDefault(forecaster, Map.of()).get(scope));
  }

  /** Over all demand classes. */
  Accuracy of(String forecaster) {
    Accuracy all = new Accuracy();
    byForecaster.getOrDefault(forecaster, Map.of()).values().forEach(all::merge);
    return all;
  }
}
