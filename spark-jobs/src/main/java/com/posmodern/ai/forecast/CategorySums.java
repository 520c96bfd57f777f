package com.posmodern.ai.forecast;

import com.posmodern.ai.model.ExactSum;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Demand and its two forecasts, summed over the series of each category: the sum of what the series
 * are forecast, and the forecast of the sum; the order of the series does not show. Grows with
 * categories, origins and days only.
 *
 * @param byCategory by category and index of the origin
 */
record CategorySums(Map<String, List<DailySums>> byCategory) implements Serializable {

  /** One category seen from one origin, per day of the horizon. */
  @SuppressWarnings("ArrayRecordComponent") // Summed in place.
  record DailySums(double[] actual, double[] bottomUp, double[] topDown) implements Serializable {
    DailySums(int horizonDays) {
      this(new double[horizonDays], new double[horizonDays], new double[horizonDays]);
    }

    /** Adds a series; days whose demand is unknown count on neither side. */
    void add(float[] demand, float[] own, float[] ofCategory) {
      for (int i = 0; i < actual.length; i++) {
        if (demand == null || !Float.isNaN(demand[i])) {
          actual[i] += demand == null ? 0 : ExactSum.units(demand[i]);
          bottomUp[i] += ExactSum.units(own[i]);
          topDown[i] += ExactSum.units(ofCategory[i]);
        }
      }
    }

    /** The same with the bottom-up sums multiplied by a factor per day of the week. */
    DailySums corrected(double[] byWeekday) {
      double[] corrected = bottomUp.clone();
      for (int i = 0; i < corrected.length; i++) {
        corrected[i] *= byWeekday[i % byWeekday.length];
      }
      return new DailySums(actual, corrected, topDown);
    }

    DailySums merge(DailySums other) {
      for (int i = 0; i < actual.length; i++) {
        actual[i] += other.actual[i];
        bottomUp[i] += other.bottomUp[i];
        topDown[i] += other.topDown[i];
      }
      return this;
    }
  }

  int origins() {
    return byCategory.values().stream().findFirst().map(List::size).orElse(0);
  }

  int horizonDays() {
    return byCategory.values().stream()
        .findFirst()
        .map(origins -> origins.get(0).actual().length)
        .orElse(0);
  }

  /** Sums of a backtest, per origin. */
  static CategorySums ofBacktest(
      JavaRDD<SeriesBacktest> backtest, Champions champions, int origins, int horizonDays) {
    return collected(
        backtest.mapPartitionsToPair(
            rows ->
                summed(
                    rows,
                    origins,
                    horizonDays,
                    row -> champions.blended(row.demandClass(), row.forecasts()),
                    row -> champions.sums().of(row.forecasts()))));
  }

  /** Sums of the former version's forecasts, where there are any. */
  static CategorySums ofFormer(JavaRDD<SeriesBacktest> backtest, int origins, int horizonDays) {
    return collected(
        backtest
            .filter(row -> row.kept() != null)
            .mapPartitionsToPair(
                rows ->
                    summed(
                        rows,
                        origins,
                        horizonDays,
                        row -> row.kept().own(),
                        row -> row.kept().ofSum())));
  }

  private static Iterator<Tuple2<String, List<DailySums>>> summed(
      Iterator<SeriesBacktest> rows,
      int origins,
      int horizonDays,
      Function<SeriesBacktest, float[]> own,
      Function<SeriesBacktest, float[]> ofSum) {
    Map<String, List<DailySums>> sums = new TreeMap<>();
    rows.forEachRemaining(
        row ->
            sums.computeIfAbsent(row.category(), c -> empty(origins, horizonDays))
                .get(row.originIndex())
                .add(row.actual(), own.apply(row), ofSum.apply(row)));
    return sums.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }

  /** Sums of the forecasts that are about to be published: one origin, demand unknown. */
  static CategorySums ofForecasts(JavaRDD<BlendedForecast> forecasts, int horizonDays) {
    return collected(
        forecasts.mapPartitionsToPair(
            rows -> {
              Map<String, List<DailySums>> sums = new TreeMap<>();
              rows.forEachRemaining(
                  row ->
                      sums.computeIfAbsent(row.attributes().category(), c -> empty(1, horizonDays))
                          .get(0)
                          .add(null, row.own(), row.ofCategory()));
              return sums.entrySet().stream()
                  .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
                  .iterator();
            }));
  }

  private static CategorySums collected(
      org.apache.spark.api.java.JavaPairRDD<String, List<DailySums>> parts) {
    Map<String, List<DailySums>> sums = new TreeMap<>();
    parts
        .reduceByKey(
            (one, other) -> {
              for (int i = 0; i < one.size(); i++) {
                one.get(i).merge(other.get(i));
              }
              return one;
            })
        .collect()
        .forEach(entry -> sums.put(entry._1(), entry._2()));
    return new CategorySums(sums);
  }

  private static List<DailySums> empty(int origins, int horizonDays) {
    List<DailySums> days = new ArrayList<>(origins);
    for (int i = 0; i < origins; i++) {
      days.add(new DailySums(horizonDays));
    }
    return days;
  }
}
