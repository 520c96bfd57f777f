package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Trains the candidates, judges them in a backtest, chooses a champion per demand class, calibrates
 * intervals, and trains the champions again on everything up to the as-of date.
 */
public final class ForecastTraining {
  /** Name of the model in the registry. */
  public static final String MODEL = "forecast";

  private final ForecastSettings settings;
  private final Consumer<String> step;

  /**
   * Prepares the training of a night.
   *
   * @param step receives a message at the start of each step
   */
  public ForecastTraining(ForecastSettings settings, Consumer<String> step) {
    this.settings = settings;
    this.step = step;
  }

  /** Hyperparameters as the registry keeps them. */
  public static Map<String, String> parameters(ForecastSettings settings) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("horizon_days", Integer.toString(settings.horizonDays()));
    parameters.put("max_training_rows", Integer.toString(settings.maxTrainingRows()));
    parameters.put("moving_average_days", Integer.toString(settings.movingAverageDays()));
    parameters.put("seed", Long.toString(settings.seed()));
    parameters.put("xgboost", settings.xgboost().toString());
    parameters.put("mllib_gbt", settings.mllibGbt().toString());
    return parameters;
  }

  /**
   * Last date that a version may have been accepted on to be compared with tonight's candidate: it
   * has seen nothing of the days after the newest origin.
   */
  public static LocalDate cutoff(LocalDate asOf, ForecastSettings settings) {
    return asOf.minusDays(settings.horizonDays());
  }

  /** Runs the training; the same input, settings and seed give the same result. */
  public ForecastTrainingResult run(ForecastInput input) {
    return run(input, Optional.empty());
  }

  /**
   * Runs the training, and compares it with a version kept from before.
   *
   * @param former accepted up to the {@link #cutoff}
   */
  public ForecastTrainingResult run(ForecastInput input, Optional<FormerForecaster> former) {
    SparkSession spark = input.dailyDemand().sparkSession();
    step.accept("assembling series");
    return AssembledSeries.use(
        input,
        settings,
        (storeDays, series, surroundings) -> trained(spark, input, series, surroundings, former));
  }

  private ForecastTrainingResult trained(
      SparkSession spark,
      ForecastInput input,
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      Optional<FormerForecaster> former) {
    History history = History.of(series, input.asOfDay());
    BacktestPlan plan = BacktestPlan.of(history.firstDay(), input.asOfDay(), settings);
    if (plan.origins().isEmpty()) {
      return unjudged(history);
    }
    ModelTrainer trainer =
        new ModelTrainer(spark, series, surroundings, history.series(), settings);
    SignalsTrial trial = trial(trainer, plan);
    JavaRDD<SeriesBacktest> backtest =
        backtest(series, surroundings, plan, trainer.knowing(trial), former)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      step.accept("judging");
      BacktestReport report =
          new BacktestJudge(series, backtest, surroundings, plan, history, former, settings)
              .report();
      List<TrainedModel> models = List.of();
      Set<Candidate> needed = report.champions().trained();
      if (!needed.isEmpty()) {
        step.accept("training the champions " + ids(needed));
        models = trainer.knowing(trial).train(input.asOfDay(), needed);
      }
      return new ForecastTrainingResult(
          models,
          report,
          ForecastMetrics.evaluation(
              report,
              LaunchBacktest.of(series, surroundings, plan.origins(), plan.horizonDays()),
              former,
              settings),
          message(plan, history, trial));
    } finally {
      backtest.unpersist(false);
    }
  }

  private SignalsTrial trial(ModelTrainer trainer, BacktestPlan plan) {
    if (!plan.trained() || plan.older().isEmpty() || !trainer.anySignals()) {
      return SignalsTrial.NONE;
    }
    step.accept("trying out trends and distances of events");
    SignalsTrial trial = trainer.trial(plan);
    step.accept(trial.message());
    return trial;
  }

  private JavaRDD<SeriesBacktest> backtest(
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      BacktestPlan plan,
      ModelTrainer trainer,
      Optional<FormerForecaster> former) {
    List<JavaRDD<SeriesBacktest>> parts = new ArrayList<>();
    for (List<Integer> origins : List.of(plan.older(), List.of(plan.newest()))) {
      if (!origins.isEmpty()) {
        List<TrainedModel> models = List.of();
        if (plan.trained()) {
          int cutoff = origins.get(0);
          step.accept("training up to " + LocalDate.ofEpochDay(cutoff) + " for the backtest");
          models = trainer.train(cutoff);
        }
        boolean newest = origins.contains(plan.newest());
        parts.add(
            Backtest.run(
                series,
                surroundings,
                plan,
                origins,
                models,
                newest ? former : Optional.empty(),
                settings));
      }
    }
    step.accept("backtest from %d origins".formatted(plan.origins().size()));
    return parts.stream().reduce(JavaRDD::union).orElseThrow();
  }

  private String message(BacktestPlan plan, History history, SignalsTrial trial) {
    String few =
        !plan.trained()
            ? "%d days of history are too few to train on: simple methods only"
                .formatted(history.days())
            : plan.origins().size() < settings.backtestOrigins()
                ? "%d days of history allow %d of %d backtest origins"
                    .formatted(history.days(), plan.origins().size(), settings.backtestOrigins())
                : "";
    return Stream.of(few, trial.message())
        .filter(message -> !message.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** Too short a history to judge anything: smoothing, with assumed intervals. */
  private ForecastTrainingResult unjudged(History history) {
    BacktestReport report = BacktestReport.unjudged(settings.horizonDays());
    return new ForecastTrainingResult(
        List.of(),
        report,
        ForecastMetrics.evaluation(report, LaunchBacktest.empty(), Optional.empty(), settings),
        "%d days of history are too few to judge any forecaster: smoothing"
            .formatted(history.days()));
  }

  private static String ids(Set<Candidate> candidates) {
    return String.join(" and ", candidates.stream().map(Candidate::id).toList());
  }
}
