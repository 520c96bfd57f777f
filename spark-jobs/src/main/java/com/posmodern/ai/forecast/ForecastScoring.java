package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/** Forecasts every series on sale with the champion's models. */
public final class ForecastScoring {
  private final ForecastSettings settings;
  private final Consumer<String> step;

  /**
   * Prepares the scoring of a night.
   *
   * @param step receives a message at the start of each step
   */
  public ForecastScoring(ForecastSettings settings, Consumer<String> step) {
    this.settings = settings;
    this.step = step;
  }

  /**
   * The champion as stored in the model tables.
   *
   * @param version of the model, written to the rows
   * @param models rows of {@code models.forecast_models} of that version; likewise the others
   */
  public record StoredChampion(
      String version, Dataset<Row> models, Dataset<Row> champions, Dataset<Row> intervals) {}

  /**
   * Hands over rows of {@code results.demand_forecast} without the as-of date: every store ×
   * product on sale that sold within the active days, and products just or about to be launched,
   * for every day of the horizon. Days before a product's launch and after its end have zero
   * demand, and so have days on which the store will be closed.
   *
   * @param writer computes the rows; what they need in memory is released when it returns
   * @return what the writer returned
   */
  public <T> T score(
      ForecastInput input, StoredChampion champion, Function<Dataset<Row>, T> writer) {
    return AssembledSeries.use(
        input,
        settings,
        (storeDays, series, surroundings) ->
            scored(input, champion, storeDays, series, surroundings, writer));
  }

  private <T> T scored(
      ForecastInput input,
      StoredChampion champion,
      StoreDays storeDays,
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      Function<Dataset<Row>, T> writer) {
    ForecastRows rows =
        new ForecastRows(
            champion.version(),
            storeDays,
            ForecastTables.championsOf(champion.champions()),
            ForecastTables.intervalsOf(champion.intervals()),
            settings.horizonDays());
    List<TrainedModel> models = new ArrayList<>(ForecastTables.modelsOf(champion.models()));
    Set<String> explained = ExplainedSeries.of(series, input.asOfDay(), settings.explainedSeries());
    LongAccumulator nanos = input.dailyDemand().sparkSession().sparkContext().longAccumulator();
    JavaRDD<BlendedForecast> blended =
        blended(
                series,
                surroundings,
                rows,
                models,
                List.of(input.asOfDay()),
                new Explaining(explained, nanos),
                settings)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      SumCorrection correction = correction(blended, rows.champions());
      JavaRDD<Row> known = blended.flatMap(one -> rows.of(one, correction).iterator());
      JavaRDD<Row> launched =
          NewProducts.launched(input, settings)
              .javaRDD()
              .flatMap(row -> rows.ofNewProduct(row, surroundings.value()).iterator());
      T written =
          writer.apply(
              input
                  .dailyDemand()
                  .sparkSession()
                  .createDataFrame(
                      known.union(launched), ForecastTables.schema(Table.DEMAND_FORECAST)));
      step.accept(
          String.format(
              Locale.ROOT,
              "what the forecasts of %d series are made of: %.1f s of the tasks' time",
              explained.size(),
              nanos.value() / 1e9));
      return written;
    } finally {
      blended.unpersist(false);
    }
  }

  private static JavaRDD<BlendedForecast> blended(
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      ForecastRows rows,
      List<TrainedModel> models,
      List<Integer> origins,
      Explaining explaining,
      ForecastSettings settings) {
    return series.mapPartitions(
        all -> {
          Surroundings around = surroundings.value();
          Iterator<SeriesOrigin> views = new OriginIterator(all, origins, around, settings);
          return new BatchForecaster(models, settings, around)
              .over(
                  views,
                  origin -> explaining.series().contains(origin.series().key()),
                  nanos -> explaining.nanos().add(nanos),
                  rows::blended);
        });
  }

  /**
   * Which series are explained, and what that took.
   *
   * @param series a bounded number of keys
   */
  private record Explaining(Set<String> series, LongAccumulator nanos) implements Serializable {}

  private SumCorrection correction(JavaRDD<BlendedForecast> blended, Champions champions) {
    return champions.sumShare() > 0
        ? SumCorrection.of(
            CategorySums.ofForecasts(blended, settings.horizonDays()), champions.sumShare())
        : SumCorrection.NONE;
  }
}
