package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Who forecasts each demand class.
 *
 * @param overall the best over all classes; forecasts classes that the backtest did not see
 */
record Champions(Candidate overall, Map<DemandClass, Candidate> byClass) implements Serializable {

  /** Where nothing could be judged: the moving average, and the category for new series. */
  static Champions unjudged() {
    return complete(Candidate.MOVING_AVERAGE, new EnumMap<>(DemandClass.class));
  }

  /** The lowest error wins; within the tolerance the simpler candidate does. */
  static Champions choose(Scoreboard board, ForecastSettings settings) {
    ToDoubleFunction<Accuracy> error =
        switch (settings.championMetric()) {
          case "rmse" -> Accuracy::rmse;
          case "wape" -> Accuracy::wape;
          default -> Accuracy::wrmsse;
        };
    Candidate overall =
        best(
                candidate ->
                    candidate == Candidate.CATEGORY_MEAN
                        ? Optional.empty()
                        : Optional.of(board.of(candidate.id())),
                error,
                settings.tieTolerance())
            .orElse(Candidate.MOVING_AVERAGE);
    Map<DemandClass, Candidate> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      best(c -> board.of(c.id(), demandClass), error, settings.tieTolerance())
          .ifPresent(candidate -> byClass.put(demandClass, candidate));
    }
    return complete(overall, byClass);
  }

  private static Champions complete(Candidate overall, Map<DemandClass, Candidate> judged) {
    Map<DemandClass, Candidate> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      Candidate otherwise = demandClass == DemandClass.NEW ? Candidate.CATEGORY_MEAN : overall;
      byClass.put(demandClass, judged.getOrDefault(demandClass, otherwise));
    }
    return new Champions(overall, byClass);
  }

  private static Optional<Candidate> best(
      Function<Candidate, Optional<Accuracy>> accuracy,
      ToDoubleFunction<Accuracy> error,
      double tolerance) {
    Map<Candidate, Double> errors = new EnumMap<>(Candidate.class);
    for (Candidate candidate : Candidate.values()) {
      accuracy
          .apply(candidate)
          .map(error::applyAsDouble)
          .filter(Double::isFinite)
          .ifPresent(value -> errors.put(candidate, value));
    }
    double lowest = errors.values().stream().mapToDouble(v -> v).min().orElse(Double.NaN);
    return Arrays.stream(Candidate.values())
        .filter(errors::containsKey)
        .filter(candidate -> errors.get(candidate) <= lowest * (1 + tolerance))
        .findFirst();
  }

  /** Trained candidates that are needed for scoring. */
  Set<Candidate> trained() {
    List<Candidate> all = new ArrayList<>(byClass.values());
    all.add(overall);
    Set<Candidate> trained = new TreeSet<>();
    all.stream().filter(Candidate::trained).forEach(trained::add);
    return trained;
  }

  /** The forecast that is published for a series of the class. */
  float[] published(DemandClass demandClass, Map<Candidate, float[]> forecasts) {
    return forecasts.get(byClass.get(demandClass));
  }

  /** The forecasts of a backtest by name: every candidate's, and the published one. */
  Map<String, float[]> forecasters(SeriesBacktest row) {
    Map<String, float[]> named = new HashMap<>();
    row.forecasts().forEach((candidate, forecast) -> named.put(candidate.id(), forecast));
    named.put(Scoreboard.PUBLISHED, published(row.demandClass(), row.forecasts()));
    return named;
  }
}
