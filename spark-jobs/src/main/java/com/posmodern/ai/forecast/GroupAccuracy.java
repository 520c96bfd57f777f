package com.posmodern.ai.forecast;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * WRMSSE as the M5 competition defines it (Makridakis, Spiliotis and Assimakopoulos, "M5 accuracy
 * competition: Results, findings, and conclusions", International Journal of Forecasting 38, 2022):
 * on each of its twelve levels the RMSSE of every group, weighted by the group's revenue of the 28
 * days before the origin; then the mean of the levels. RMSSE is the root of the mean squared error
 * over the horizon ÷ the mean squared one-step naive error from the first sale to the origin.
 *
 * <p>What M5 leaves open: origins are pooled, each with its own weights and scales. Days on which a
 * series was sold out are left out of its demand and of its forecast, on every level, since nobody
 * knows what would have been sold; on the lowest level they are left out of the scale as well. Only
 * series that were forecast at the origin enter.
 */
final class GroupAccuracy {
  private GroupAccuracy() {}

  /**
   * Accuracy per level, by forecaster. The lowest level comes from the {@link Scoreboard} and is
   * not repeated here.
   */
  static Map<String, Map<Level, WeeklyAccuracy>> wrmsse(
      JavaRDD<Series> series,
      JavaRDD<SeriesBacktest> backtest,
      Broadcast<Surroundings> surroundings,
      PublishedForecast publication,
      List<String> forecasters,
      List<Integer> origins,
      int firstDay,
      int asOfDay) {
    List<String> names = new ArrayList<>(forecasters);
    List<Integer> originDays = new ArrayList<>(origins);
    int days = asOfDay - firstDay + 1;
    int count = originDays.size();
    JavaPairRDD<String, GroupDemand.Part> histories =
        series.flatMapToPair(
            one ->
                toEveryGroup(
                    surroundings.value().regionOf(one.storeId()),
                    one.storeId(),
                    one.attributes().department(),
                    one.attributes().category(),
                    one.productId(),
                    group -> group.add(one)));
    JavaPairRDD<String, GroupDemand.Part> forecasts =
        backtest.flatMapToPair(
            row -> {
              Map<String, float[]> byName = publication.forecasters(row);
              List<float[]> inOrder = new ArrayList<>();
              names.forEach(name -> inOrder.add(byName.get(name)));
              return toEveryGroup(
                  row.region(),
                  row.storeId(),
                  row.department(),
                  row.category(),
                  row.productId(),
                  group -> group.add(row, inOrder));
            });
    Map<Level, WeeklyAccuracy[]> levels =
        histories
            .union(forecasts)
            // Into the sums of its groups where the series is: it is not copied for each of them.
            .combineByKey(
                part -> added(part, GroupDemand.empty(firstDay, days, count)),
                (group, part) -> added(part, group),
                GroupDemand::merge)
            .aggregate(
                new EnumMap<Level, WeeklyAccuracy[]>(Level.class),
                (sums, group) -> {
                  WeeklyAccuracy[] level =
                      sums.computeIfAbsent(Level.of(group._1()), l -> accuracies(names.size()));
                  group._2().addTo(level, originDays);
                  return sums;
                },
                GroupAccuracy::merge);
    return byForecaster(names, levels);
  }

  private static Iterator<Tuple2<String, GroupDemand.Part>> toEveryGroup(
      String region,
      String store,
      String department,
      String category,
      String product,
      GroupDemand.Part part) {
    List<Tuple2<String, GroupDemand.Part>> groups = new ArrayList<>();
    for (Level level : Level.values()) {
      if (level != Level.STORE_PRODUCT) {
        groups.add(new Tuple2<>(level.group(region, store, department, category, product), part));
      }
    }
    return groups.iterator();
  }

  private static GroupDemand added(GroupDemand.Part part, GroupDemand group) {
    part.addTo(group);
    return group;
  }

  private static WeeklyAccuracy[] accuracies(int count) {
    WeeklyAccuracy[] accuracies = new WeeklyAccuracy[count];
    for (int i = 0; i < count; i++) {
      accuracies[i] = new WeeklyAccuracy();
    }
    return accuracies;
  }

  private static EnumMap<Level, WeeklyAccuracy[]> merge(
      EnumMap<Level, WeeklyAccuracy[]> some, EnumMap<Level, WeeklyAccuracy[]> others) {
    others.forEach(
        (level, accuracies) ->
            some.merge(
                level,
                accuracies,
                (one, other) -> {
                  for (int i = 0; i < one.length; i++) {
                    one[i].merge(other[i]);
                  }
                  return one;
                }));
    return some;
  }

  private static Map<String, Map<Level, WeeklyAccuracy>> byForecaster(
      List<String> names, Map<Level, WeeklyAccuracy[]> levels) {
    Map<String, Map<Level, WeeklyAccuracy>> byForecaster = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Map<Level, WeeklyAccuracy> values = new EnumMap<>(Level.class);
      for (Map.Entry<Level, WeeklyAccuracy[]> level : levels.entrySet()) {
        values.put(level.getKey(), level.getValue()[i]);
      }
      byForecaster.put(names.get(i), values);
    }
    return byForecaster;
  }
}
