package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Forecasts many series of one task at a time, so that a trained model is called with thousands of
 * rows and not with 28.
 */
final class BatchForecaster {
  private static final int BATCH = 64;

  private final ForecastSettings settings;
  private final Surroundings surroundings;
  private final Map<Candidate, Forecaster> trained = new EnumMap<>(Candidate.class);
  private final FormerForecaster former;
  private final Map<Candidate, Forecaster> trainedBefore = new EnumMap<>(Candidate.class);
  private final float[] rows;

  /** Loads the models; they are released when the task ends. */
  BatchForecaster(List<TrainedModel> models, ForecastSettings settings, Surroundings surroundings) {
    this(models, null, settings, surroundings);
  }

  /**
   * Loads the models of a version from before as well.
   *
   * @param former null where there is none
   */
  BatchForecaster(
      List<TrainedModel> models,
      FormerForecaster former,
      ForecastSettings settings,
      Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.former = former;
    models.forEach(model -> trained.put(model.candidate(), model.load()));
    if (former != null) {
      former.models().forEach(model -> trainedBefore.put(model.candidate(), model.load()));
    }
    boolean simple = trained.isEmpty() && trainedBefore.isEmpty();
    this.rows = simple ? new float[0] : new float[batchRows() * Feature.COUNT];
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) context -> close());
    }
  }

  /**
   * Maps every origin with its forecasts, in order and batch by batch.
   *
   * @param toResult gets one origin and its forecasts by candidate, in sales units, never negative
   */
  <T> Iterator<T> over(
      Iterator<SeriesOrigin> origins,
      BiFunction<SeriesOrigin, Map<Candidate, float[]>, T> toResult) {
    return over(
        origins,
        origin -> false,
        nanos -> {},
        (origin, forecasts, parts) -> toResult.apply(origin, forecasts));
  }

  /** Makes a result of one origin, its forecasts, and what the trees' forecast is made of. */
  interface Explained<T> {
    /**
     * The result of one origin.
     *
     * @param parts per day of the horizon and influence, in sales units; null where it is not
     *     explained
     */
    T of(SeriesOrigin origin, Map<Candidate, float[]> forecasts, double[][] parts);
  }

  /**
   * As {@link #over(Iterator, BiFunction)}, and explains some of the origins.
   *
   * @param explained which
   * @param nanos receives how long each explanation took
   */
  <T> Iterator<T> over(
      Iterator<SeriesOrigin> origins,
      Predicate<SeriesOrigin> explained,
      LongConsumer nanos,
      Explained<T> toResult) {
    return inBatches(
        origins,
        batch -> {
          List<Map<Candidate, float[]>> forecasts = forecast(batch);
          List<T> results = new ArrayList<>(batch.size());
          for (int i = 0; i < batch.size(); i++) {
            SeriesOrigin origin = batch.get(i);
            double[][] parts = null;
            if (explained.test(origin)) {
              long started = System.nanoTime();
              parts = parts(origin);
              nanos.accept(System.nanoTime() - started);
            }
            results.add(toResult.of(origin, forecasts.get(i), parts));
          }
          return results;
        });
  }

  /** Makes a result of one origin, its forecasts, and what the former version forecasts. */
  interface Beside<T> {
    /**
     * The result of one origin.
     *
     * @param kept null where there is no former version
     */
    T of(SeriesOrigin origin, Map<Candidate, float[]> forecasts, FormerForecaster.Kept kept);
  }

  /** As {@link #over(Iterator, BiFunction)}, with the former version beside. */
  <T> Iterator<T> beside(Iterator<SeriesOrigin> origins, Beside<T> toResult) {
    return inBatches(
        origins,
        batch -> {
          List<Map<Candidate, float[]>> forecasts = simple(batch);
          List<FormerForecaster.Kept> kept = former == null ? null : former(batch, forecasts);
          addTrained(batch, trained, forecasts);
          List<T> results = new ArrayList<>(batch.size());
          for (int i = 0; i < batch.size(); i++) {
            results.add(
                toResult.of(batch.get(i), forecasts.get(i), kept == null ? null : kept.get(i)));
          }
          return results;
        });
  }

  private List<FormerForecaster.Kept> former(
      List<SeriesOrigin> batch, List<Map<Candidate, float[]>> simple) {
    List<Map<Candidate, float[]>> forecasts = new ArrayList<>(batch.size());
    simple.forEach(own -> forecasts.add(new EnumMap<>(own)));
    addTrained(batch, trainedBefore, forecasts);
    List<FormerForecaster.Kept> kept = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      kept.add(former.forecast(batch.get(i), forecasts.get(i)));
    }
    return kept;
  }

  private static <T> Iterator<T> inBatches(
      Iterator<SeriesOrigin> origins, Function<List<SeriesOrigin>, List<T>> toResults) {
    return new Iterator<>() {
      private Iterator<T> ready = List.<T>of().iterator();

      @Override
      public boolean hasNext() {
        if (!ready.hasNext() && origins.hasNext()) {
          List<SeriesOrigin> batch = new ArrayList<>(BATCH);
          while (batch.size() < BATCH && origins.hasNext()) {
            batch.add(origins.next());
          }
          ready = toResults.apply(batch).iterator();
        }
        return ready.hasNext();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return ready.next();
      }
    };
  }

  private List<Map<Candidate, float[]>> forecast(List<SeriesOrigin> batch) {
    List<Map<Candidate, float[]>> forecasts = simple(batch);
    addTrained(batch, trained, forecasts);
    return forecasts;
  }

  private List<Map<Candidate, float[]>> simple(List<SeriesOrigin> batch) {
    int horizonDays = settings.horizonDays();
    List<Map<Candidate, float[]>> forecasts = new ArrayList<>(batch.size());
    for (SeriesOrigin origin : batch) {
      Map<Candidate, float[]> own = new EnumMap<>(Candidate.class);
      own.put(Candidate.ZERO, new float[horizonDays]);
      own.put(Candidate.WEEKDAY_MEAN, SimpleForecasts.weekdayMean(origin, horizonDays));
      own.put(Candidate.SMOOTHING, SimpleForecasts.smoothing(origin, horizonDays));
      own.put(Candidate.SEASONAL_SMOOTHING, SimpleForecasts.seasonalSmoothing(origin, horizonDays));
      own.put(
          Candidate.WEEKDAY_MEAN_ALL_DAYS,
          SimpleForecasts.weekdayMeanOfAllDays(origin, horizonDays));
      own.put(
          Candidate.SEASONAL_SMOOTHING_ALL_DAYS,
          SimpleForecasts.seasonalSmoothingOfAllDays(origin, horizonDays));
      own.put(
          Candidate.CATEGORY_WEEKDAYS_ALL_DAYS,
          SimpleForecasts.categoryWeekdaysOfAllDays(origin, horizonDays));
      own.put(Candidate.CROSTON_SBA, SimpleForecasts.crostonSba(origin, horizonDays));
      own.put(Candidate.SEASONAL_NAIVE, SimpleForecasts.seasonalNaive(origin, horizonDays));
      own.put(
          Candidate.MOVING_AVERAGE,
          SimpleForecasts.movingAverage(origin, horizonDays, settings.movingAverageDays()));
      if (origin.demandClass() == DemandClass.NEW) {
        own.put(
            Candidate.CATEGORY_MEAN,
            SimpleForecasts.categoryMean(origin, surroundings, horizonDays));
      }
      forecasts.add(own);
    }
    return forecasts;
  }

  private void addTrained(
      List<SeriesOrigin> batch,
      Map<Candidate, Forecaster> models,
      List<Map<Candidate, float[]>> forecasts) {
    if (models.isEmpty()) {
      return;
    }
    int horizonDays = settings.horizonDays();
    int row = 0;
    for (SeriesOrigin origin : batch) {
      for (int horizon = 1; horizon <= horizonDays; horizon++) {
        origin.write(horizon, rows, row++ * Feature.COUNT);
      }
    }
    float[] used = row == batchRows() ? rows : Arrays.copyOf(rows, row * Feature.COUNT);
    for (Map.Entry<Candidate, Forecaster> model : models.entrySet()) {
      float[] predicted = model.getValue().predict(used, row);
      for (int i = 0; i < batch.size(); i++) {
        float[] forecast = new float[horizonDays];
        for (int h = 0; h < horizonDays; h++) {
          double demand = predicted[i * horizonDays + h] * batch.get(i).level();
          forecast[h] = (float) Math.max(0, demand);
        }
        forecasts.get(i).put(model.getKey(), forecast);
      }
    }
  }

  /** Nothing where there are no trees, as then they have no part in the forecast. */
  private double[][] parts(SeriesOrigin origin) {
    int horizonDays = settings.horizonDays();
    Forecaster trees = trained.get(Candidate.XGBOOST_TWEEDIE);
    double[][] parts = new double[horizonDays][Influence.values().length];
    if (trees == null) {
      return parts;
    }
    float[] own = new float[horizonDays * Feature.COUNT];
    for (int horizon = 1; horizon <= horizonDays; horizon++) {
      origin.write(horizon, own, (horizon - 1) * Feature.COUNT);
    }
    float[][] contributions = trees.contributions(own, horizonDays).orElseThrow();
    for (int h = 0; h < horizonDays; h++) {
      parts[h] = Influence.parts(contributions[h]);
      for (int i = 0; i < parts[h].length; i++) {
        parts[h][i] *= origin.level();
      }
    }
    return parts;
  }

  private int batchRows() {
    return BATCH * settings.horizonDays();
  }

  private void close() {
    trained.values().forEach(Forecaster::close);
    trainedBefore.values().forEach(Forecaster::close);
  }
}
