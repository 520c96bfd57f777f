package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Rolling-origin backtest (Tashman, "Out-of-sample tests of forecasting accuracy", International
 * Journal of Forecasting 16, 2000): every series that would have been forecast at an origin is
 * forecast there by every candidate.
 */
final class Backtest {
  private Backtest() {}

  /**
   * Forecasts from some of the plan's origins.
   *
   * @param models trained on nothing after the oldest of these origins
   * @param former neither; empty where there is none to compare with
   */
  static JavaRDD<SeriesBacktest> run(
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      List<Integer> chosen,
      List<TrainedModel> models,
      Optional<FormerForecaster> former,
      ForecastSettings settings) {
    List<Integer> all = new ArrayList<>(plan.origins());
    List<Integer> origins = new ArrayList<>(chosen);
    List<TrainedModel> shipped = new ArrayList<>(models);
    FormerForecaster kept = former.orElse(null);
    int horizonDays = plan.horizonDays();
    return series.mapPartitions(
        part -> {
          BatchForecaster forecaster =
              new BatchForecaster(shipped, kept, settings, surroundings.value());
          Iterator<SeriesOrigin> views =
              new OriginIterator(part, origins, surroundings.value(), settings);
          return forecaster.beside(
              views,
              (from, forecasts, ofFormer) ->
                  SeriesBacktest.of(
                      from,
                      surroundings.value().regionOf(from.series().storeId()),
                      all.indexOf(from.origin()),
                      horizonDays,
                      forecasts,
                      ofFormer));
        });
  }
}
