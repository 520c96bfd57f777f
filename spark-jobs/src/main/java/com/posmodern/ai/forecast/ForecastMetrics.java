package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a backtest as the registry keeps them: per candidate and for the published
 * combination, for all series, per demand class and per week of the horizon, all of the newest
 * origin.
 *
 * <p>{@code wrmsse} is M5's, the mean of its twelve levels; {@code wrmsse_store_product} is its
 * lowest level, the only one that a demand class has. Ratios ({@code mape}, {@code wape}, {@code
 * bias}, {@code coverage}, {@code misses_below} p10 and {@code misses_above} p90, {@code wape_p50})
 * are 0.1 for 10 %; the others are in sales units.
 */
final class ForecastMetrics {
  private static final String WRMSSE = "wrmsse";
  private static final String WRMSSE_LOWEST = "wrmsse_store_product";

  private ForecastMetrics() {}

  /**
   * Every figure, those of launches, the skill over the best simple method, and over the former
   * version.
   */
  static Evaluation evaluation(
      BacktestReport report,
      LaunchBacktest launches,
      Optional<FormerForecaster> former,
      ForecastSettings settings) {
    List<Metric> metrics = new ArrayList<>(launches.metrics());
    for (String forecaster : report.scoreboard().forecasters()) {
      boolean partial = forecaster.equals(Candidate.CATEGORY_MEAN.id());
      if (!partial) {
        double wrmsse = ForecastSkill.wrmsse(report, forecaster);
        metrics.add(metric(forecaster, Metric.ALL, WRMSSE, wrmsse, false));
        addAll(metrics, forecaster, Metric.ALL, report.scoreboard().of(forecaster));
      }
      for (String scope : report.scoreboard().scopes(forecaster)) {
        report
            .scoreboard()
            .of(forecaster, scope)
            .ifPresent(accuracy -> addAll(metrics, forecaster, scope, accuracy));
      }
    }
    ForecastSkill skill = ForecastSkill.of(report);
    return new Evaluation(
        ForecastTraining.MODEL,
        ForecastTraining.parameters(settings),
        metrics,
        skill.skill(),
        skill.standardError(),
        report.standIn(),
        former.map(kept -> ForecastSkill.beside(report, kept.version())));
  }

  private static void addAll(
      List<Metric> metrics, String forecaster, String scope, Accuracy accuracy) {
    metrics.add(metric(forecaster, scope, WRMSSE_LOWEST, accuracy.wrmsse(), false));
    metrics.add(metric(forecaster, scope, "rmse", accuracy.rmse(), false));
    metrics.add(metric(forecaster, scope, "mae", accuracy.mae(), false));
    metrics.add(metric(forecaster, scope, "mape", accuracy.mape(), false));
    metrics.add(metric(forecaster, scope, "wape", accuracy.wape(), false));
    metrics.add(metric(forecaster, scope, "bias", accuracy.bias(), false));
    metrics.add(metric(forecaster, scope, "winkler", accuracy.winkler(), false));
    metrics.add(metric(forecaster, scope, "coverage", accuracy.coverage(), true));
    metrics.add(metric(forecaster, scope, "misses_below", accuracy.missesBelow(), false));
    metrics.add(metric(forecaster, scope, "misses_above", accuracy.missesAbove(), false));
    metrics.add(
        metric(
            forecaster,
            scope,
            "misses_below_where_possible",
            accuracy.missesBelowWherePossible(),
            false));
    metrics.add(metric(forecaster, scope, "wql", accuracy.weightedQuantileLoss(), false));
    metrics.add(metric(forecaster, scope, "wape_p50", accuracy.medianWape(), false));
    metrics.add(metric(forecaster, scope, "days", accuracy.days(), true));
  }

  private static Metric metric(
      String forecaster, String scope, String name, double value, boolean higherIsBetter) {
    boolean baseline =
        Arrays.stream(Candidate.values()).anyMatch(c -> c.baseline() && c.id().equals(forecaster));
    return new Metric(forecaster, scope, name, value, baseline, higherIsBetter);
  }
}
