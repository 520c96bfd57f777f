package com.posmodern.ai.forecast;

import com.posmodern.ai.model.Metric;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * How well launches are forecast before they have sold anything: series whose first sale lies
 * within the horizon after an origin of the backtest, from the day after that sale on. The first
 * sale itself says that there is one; a launch that sells nothing in the horizon is not known as
 * one.
 *
 * <p>Products that are new everywhere, products that other stores sold before, and stores that are
 * new or have been open for less than four weeks are judged apart, each beside the mean of the
 * category's launches and, where other stores sell the product, its mean over them. Nothing is
 * chosen by these figures, so all origins count.
 */
final class LaunchBacktest implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The simple method that launches are held against. */
  static final String CATEGORY_LAUNCHES = "category_launches";

  /** The simple method for what other stores sell. */
  static final String MEAN_OF_STORES = "mean_of_stores";

  private static final Set<String> BASELINES = Set.of(CATEGORY_LAUNCHES, MEAN_OF_STORES);

  private final Map<String, Map<String, Accuracy>> byForecaster = new TreeMap<>();

  /** Nothing launched, or nothing judged. */
  static LaunchBacktest empty() {
    return new LaunchBacktest();
  }

  static LaunchBacktest of(
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      List<Integer> origins,
      int horizonDays) {
    List<Integer> days = new ArrayList<>(origins);
    LaunchBacktest all = new LaunchBacktest();
    // Collected in the order of the partitions: sums are the same to the last bit every time.
    series
        .mapPartitions(
            part -> {
              LaunchBacktest own = new LaunchBacktest();
              part.forEachRemaining(
                  one ->
                      days.forEach(
                          origin -> own.add(one, origin, horizonDays, surroundings.value())));
              return List.of(own).iterator();
            })
        .collect()
        .forEach(all::merge);
    return all;
  }

  /** Judges the series if it was launched after the origin. */
  void add(Series series, int origin, int horizonDays, Surroundings surroundings) {
    int launch = series.firstDay();
    if (launch <= origin || launch >= origin + horizonDays) {
      return;
    }
    float[] simple =
        LaunchForecasts.categoryLaunches(series.attributes(), surroundings, origin, horizonDays);
    if (Float.isNaN(simple[0])) {
      return;
    }
    String kind = kind(series, origin, surroundings);
    List<SoldElsewhere.Sales> elsewhere = LaunchForecasts.elsewhere(series, origin);
    Map<String, float[]> forecasts = new TreeMap<>();
    forecasts.put(CATEGORY_LAUNCHES, simple);
    if (!elsewhere.isEmpty()) {
      forecasts.put(MEAN_OF_STORES, LaunchForecasts.meanOfStores(elsewhere, horizonDays));
    }
    forecasts.put(
        Scoreboard.PUBLISHED,
        LaunchForecasts.similar(
            series.attributes(), series.storeId(), elsewhere, surroundings, origin, horizonDays));
    int last = Math.min(origin + horizonDays, series.lastDay());
    for (int day = launch + 1; day <= last; day++) {
      if (!series.stockOut()[day - launch]) {
        double actual = series.demand()[day - launch];
        int ahead = day - origin;
        forecasts.forEach(
            (name, forecast) -> accuracy(name, kind).add(actual, forecast[ahead - 1]));
      }
    }
  }

  private static String kind(Series series, int origin, Surroundings surroundings) {
    if (LaunchForecasts.isYoung(series.storeId(), surroundings, origin)) {
      return Metric.NEW_STORE;
    }
    return series.product().firstKnownDay() > origin ? Metric.NEW_PRODUCT : Metric.NEWLY_LISTED;
  }

  private Accuracy accuracy(String forecaster, String kind) {
    return byForecaster
        .computeIfAbsent(forecaster, name -> new TreeMap<>())
        .computeIfAbsent(kind, scope -> new Accuracy());
  }

  private void merge(LaunchBacktest other) {
    other.byForecaster.forEach(
        (name, kinds) -> kinds.forEach((kind, sums) -> accuracy(name, kind).merge(sums)));
  }

  /** Figures per forecaster and kind of launch. */
  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    byForecaster.forEach(
        (name, kinds) ->
            kinds.forEach(
                (kind, sums) -> {
                  metrics.add(metric(name, kind, "wape", sums.wape(), false));
                  metrics.add(metric(name, kind, "rmse", sums.rmse(), false));
                  metrics.add(metric(name, kind, "mae", sums.mae(), false));
                  metrics.add(metric(name, kind, "bias", sums.bias(), false));
                  metrics.add(metric(name, kind, "days", sums.days(), true));
                }));
    return metrics;
  }

  private static Metric metric(
      String name, String kind, String metric, double value, boolean higherIsBetter) {
    return new Metric(name, kind, metric, value, BASELINES.contains(name), higherIsBetter);
  }
}
