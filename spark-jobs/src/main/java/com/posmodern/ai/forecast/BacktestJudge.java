package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.forecast.ForecastMoments.Weights;
import com.posmodern.ai.model.Gate;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Judges what would be published. Champions are chosen on the older origins, and every figure is
 * measured on the newest one, which takes no part in that choice; a single origin serves both
 * purposes. What is published is then chosen again in the same way, on as many origins, the newest
 * included.
 *
 * <p>Where trees and smoothing are worse on the newest origin than the best simple method, by more
 * than chance explains, a simple method stands in for them: a retailer always gets a forecast.
 */
final class BacktestJudge {
  private final JavaRDD<Series> series;
  private final JavaRDD<SeriesBacktest> backtest;
  private final Broadcast<Surroundings> surroundings;
  private final BacktestPlan plan;
  private final History history;
  private final ForecastSettings settings;
  private final int origins;
  private final List<SeriesBacktest> calibrationSample;
  private final SumCorrection ofFormer;

  BacktestJudge(
      JavaRDD<Series> series,
      JavaRDD<SeriesBacktest> backtest,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      History history,
      Optional<FormerForecaster> former,
      ForecastSettings settings) {
    this.series = series;
    this.backtest = backtest;
    this.surroundings = surroundings;
    this.plan = plan;
    this.history = history;
    this.settings = settings;
    this.origins = plan.origins().size();
    double days = (double) history.series() * origins * plan.horizonDays();
    double share = settings.conformal().maxCalibrationRows() / Math.max(1, days);
    this.calibrationSample = CalibrationSample.draw(backtest, share);
    this.ofFormer =
        former
            .map(
                kept ->
                    SumCorrection.of(
                        CategorySums.ofFormer(backtest, origins, plan.horizonDays()),
                        kept.champions().sumShare()))
            .orElse(SumCorrection.NONE);
  }

  /** What is published, and how good it is. */
  BacktestReport report() {
    List<Map<DemandClass, ForecastMoments>> moments =
        ForecastMoments.of(backtest, origins, Weights.of(settings));
    BacktestReport report = judged(moments, of -> Champions.choose(of, settings));
    if (loses(report)) {
      report = standIn(report, moments);
    }
    return report.withExamples(examples());
  }

  /** A combination of simple methods, or the best of them alone where even that one loses. */
  private BacktestReport standIn(
      BacktestReport rejected, List<Map<DemandClass, ForecastMoments>> moments) {
    BacktestReport report = rejected;
    // What lost was chosen on the older origins; with the newest one the choice may differ.
    Champions lost = rejected.publication().champions();
    if (!lost.trained().isEmpty()) {
      report = judged(moments, of -> Champions.simple(of, settings));
    }
    if (loses(report)) {
      Candidate best = ForecastSkill.bestSimple(rejected).orElseThrow();
      report = judged(moments, of -> Champions.of(best));
    }
    ForecastSkill skill = ForecastSkill.of(rejected);
    return report.standingIn(
        String.format(
            Locale.ROOT,
            "%s stands in, as %s was %.1f %% worse than %s (two standard errors are %.1f %%)",
            report.champions().name(),
            lost.name(),
            -100 * skill.skill(),
            skill.baseline(),
            200 * skill.standardError()));
  }

  private static boolean loses(BacktestReport report) {
    ForecastSkill skill = ForecastSkill.of(report);
    return Gate.losesToBaseline(skill.skill(), skill.standardError());
  }

  private BacktestReport judged(
      List<Map<DemandClass, ForecastMoments>> moments,
      Function<Map<DemandClass, ForecastMoments>, Champions> choice) {
    Champions older = choice.apply(ForecastMoments.sum(moments, plan.choosing()));
    CategorySums sums = CategorySums.ofBacktest(backtest, older, origins, plan.horizonDays());
    PublishedForecast publication = publication(older, sums);
    Champions latest =
        choice
            .apply(ForecastMoments.sum(moments, plan.latest()))
            .withSumShare(SumCorrection.bestShare(sums, plan.latest(), settings.tieTolerance()));
    int last = origins - 1;
    JavaRDD<SeriesBacktest> newest = backtest.filter(row -> row.originIndex() == last);
    int folds = CalibrationSample.folds(origins);
    Map<String, List<CalibrationRow>> rows =
        CalibrationSample.rows(calibrationSample, publication, origins);
    Calibration published = calibrated(rows, Scoreboard.PUBLISHED, folds);
    String naive = Candidate.SEASONAL_NAIVE.id();
    Map<String, List<Intervals>> withoutFold = new HashMap<>();
    withoutFold.put(Scoreboard.PUBLISHED, published.withoutFold());
    withoutFold.put(naive, calibrated(rows, naive, folds).withoutFold());
    Scoreboard scoreboard = Scoreboard.of(newest, publication, withoutFold, origins);
    return new BacktestReport(
        publication,
        latest,
        "",
        scoreboard,
        levels(newest, publication, scoreboard),
        published,
        List.of(),
        folds);
  }

  private PublishedForecast publication(Champions champions, CategorySums sums) {
    double share = SumCorrection.bestShare(sums, plan.choosing(), settings.tieTolerance());
    return new PublishedForecast(
        champions.withSumShare(share), SumCorrection.of(sums, share), ofFormer);
  }

  private Map<String, Map<Level, WeeklyAccuracy>> levels(
      JavaRDD<SeriesBacktest> newest, PublishedForecast publication, Scoreboard scoreboard) {
    Set<String> complete = new HashSet<>(scoreboard.forecasters());
    complete.remove(Candidate.CATEGORY_MEAN.id());
    int origin = plan.newest();
    int activeDays = settings.activeDays();
    return GroupAccuracy.wrmsse(
        // The same series on every level.
        series.filter(one -> OriginIterator.isForecast(new SeriesWindow(one), origin, activeDays)),
        newest,
        surroundings,
        publication,
        complete.stream().sorted().toList(),
        plan.origins(),
        history.firstDay(),
        history.asOfDay());
  }

  private Calibration calibrated(Map<String, List<CalibrationRow>> rows, String name, int folds) {
    return Calibration.of(
        rows.getOrDefault(name, List.of()), folds, settings.horizonDays(), settings.conformal());
  }

  /**
   * Series at every origin: half of them those with the highest revenue before the newest one, the
   * others drawn by hash, to stand for all.
   */
  private List<SeriesBacktest> examples() {
    int most = settings.backtestSeries();
    if (most == 0) {
      return List.of();
    }
    int newest = origins - 1;
    double share = most / 2.0 / Math.max(1, history.series());
    Set<String> keys = new HashSet<>();
    backtest
        .filter(row -> row.originIndex() == newest)
        .takeOrdered((most + 1) / 2, new ByRevenue())
        .forEach(row -> keys.add(row.key()));
    List<SeriesBacktest> examples =
        new ArrayList<>(
            backtest
                .filter(row -> keys.contains(row.key()) || Draws.uniform(row.hash()) < share)
                .collect());
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
