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
 * @param publication what is published, chosen on the older origins
 * @param scoreboard of the newest origin
 * @param levels WRMSSE per forecaster on every level of M5 but the lowest, of the newest origin
 * @param calibration of the published forecast
 * @param examples a bounded number of series at every origin, for plots
 * @param folds see {@link CalibrationSample}
 */
record BacktestReport(
    Publication publication,
    Scoreboard scoreboard,
    Map<String, Map<Level, Double>> levels,
    Calibration calibration,
    List<SeriesBacktest> examples,
    int folds) {

  /** Where nothing could be judged. */
  static BacktestReport unjudged(int horizonDays) {
    return new BacktestReport(
        new Publication(Champions.unjudged(), CategoryCorrection.NONE),
        new Scoreboard(),
        Map.of(),
        new Calibration(Intervals.assumed(horizonDays), List.of()),
        List.of(),
        0);
  }

  /**
   * Champions are chosen on the older origins and every figure is of the newest one, which chose
   * nothing; with one origin only it has to do both.
   */
  static BacktestReport of(
      JavaRDD<Series> series,
      JavaRDD<SeriesBacktest> backtest,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      History history,
      ForecastSettings settings) {
    int origins = plan.origins().size();
    Publication publication = publication(backtest, plan, settings);
    JavaRDD<SeriesBacktest> newest = backtest.filter(row -> row.originIndex() == origins - 1);
    int folds = CalibrationSample.folds(origins);
    double days = (double) history.series() * origins * plan.horizonDays();
    double share = settings.conformal().maxCalibrationRows() / Math.max(1, days);
    Map<String, List<CalibrationRow>> rows =
        CalibrationSample.draw(backtest, publication, origins, share);
    Calibration published = calibrated(rows, Scoreboard.PUBLISHED, folds, settings);
    String naive = Candidate.SEASONAL_NAIVE.id();
    Map<String, List<Intervals>> withoutFold = new HashMap<>();
    withoutFold.put(Scoreboard.PUBLISHED, published.withoutFold());
    withoutFold.put(naive, calibrated(rows, naive, folds, settings).withoutFold());
    Scoreboard scoreboard = Scoreboard.of(newest, publication, withoutFold, origins);
    Set<String> complete = new HashSet<>(scoreboard.forecasters());
    complete.remove(Candidate.CATEGORY_MEAN.id());
    Map<String, Map<Level, Double>> levels =
        GroupAccuracy.wrmsse(
            // The same series on every level.
            series.filter(
                one ->
                    OriginIterator.isForecast(
                        new SeriesWindow(one), plan.newest(), settings.activeDays())),
            newest,
            surroundings,
            publication,
            complete.stream().sorted().toList(),
            plan.origins(),
            history.firstDay(),
            history.asOfDay());
    return new BacktestReport(
        publication,
        scoreboard,
        levels,
        published,
        examples(backtest, origins - 1, settings.backtestSeries()),
        folds);
  }

  private static Publication publication(
      JavaRDD<SeriesBacktest> backtest, BacktestPlan plan, ForecastSettings settings) {
    int origins = plan.origins().size();
    Set<Integer> choosing = plan.choosing();
    boolean scaled = settings.championMetric().equals("wrmsse");
    Champions champions =
        Champions.choose(ForecastMoments.of(backtest, choosing, scaled), settings);
    CategorySums sums = CategorySums.ofBacktest(backtest, champions, origins, plan.horizonDays());
    double share = CategoryCorrection.bestShare(sums, choosing, 2 * settings.tieTolerance());
    return new Publication(champions.withCategoryShare(share), CategoryCorrection.of(sums, share));
  }

  private static Calibration calibrated(
      Map<String, List<CalibrationRow>> rows, String name, int folds, ForecastSettings settings) {
    return Calibration.of(
        rows.getOrDefault(name, List.of()), folds, settings.horizonDays(), settings.conformal());
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
