package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Trains the candidates that need it, on what was known up to a day. */
final class ModelTrainer {
  private final SparkSession spark;
  private final JavaRDD<Series> series;
  private final Broadcast<Surroundings> surroundings;
  private final long seriesCount;
  private final ForecastSettings settings;
  private final SignalsTrial trial;

  ModelTrainer(
      SparkSession spark,
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      long seriesCount,
      ForecastSettings settings) {
    this(spark, series, surroundings, seriesCount, settings, SignalsTrial.NONE);
  }

  private ModelTrainer(
      SparkSession spark,
      JavaRDD<Series> series,
      Broadcast<Surroundings> surroundings,
      long seriesCount,
      ForecastSettings settings,
      SignalsTrial trial) {
    this.spark = spark;
    this.series = series;
    this.surroundings = surroundings;
    this.seriesCount = seriesCount;
    this.settings = settings;
    this.trial = trial;
  }

  /** The same, whose trees know the signals if they helped. */
  ModelTrainer knowing(SignalsTrial outcome) {
    return new ModelTrainer(spark, series, surroundings, seriesCount, settings, outcome);
  }

  /** Every candidate that the settings allow. */
  List<TrainedModel> train(int cutoff) {
    Set<Candidate> enabled = EnumSet.noneOf(Candidate.class);
    if (settings.mllibGbt().enabled()) {
      enabled.add(Candidate.MLLIB_GBT);
    }
    if (settings.xgboost().enabled()) {
      enabled.add(Candidate.XGBOOST_TWEEDIE);
    }
    return train(cutoff, enabled);
  }

  /**
   * Some candidates; empty where nothing is there to train on.
   *
   * @param cutoff last epoch day that they see
   */
  List<TrainedModel> train(int cutoff, Set<Candidate> candidates) {
    TrainingSet rows = draw(cutoff);
    List<TrainedModel> models = new ArrayList<>();
    if (rows.rows() == 0) {
      return models;
    }
    if (candidates.contains(Candidate.MLLIB_GBT)) {
      models.add(
          GbtTrainer.train(
              spark,
              rows,
              settings.mllibGbt(),
              settings.xgboost().volumeWeight(),
              settings.seed()));
    }
    if (candidates.contains(Candidate.XGBOOST_TWEEDIE)) {
      models.add(trees(trial.helps() ? rows : rows.withoutSignals()));
    }
    return models;
  }

  /** True where there is a signal to try out. */
  boolean anySignals() {
    return settings.xgboost().enabled() && surroundings.value().anySignals();
  }

  /** Trains trees up to the oldest origin, once with the signals and once without, and compares. */
  SignalsTrial trial(BacktestPlan plan) {
    TrainingSet rows = draw(plan.older().get(0));
    return rows.rows() == 0
        ? SignalsTrial.NONE
        : SignalsTrial.of(
            series, surroundings, plan, settings, trees(rows.withoutSignals()), trees(rows));
  }

  private TrainingSet draw(int cutoff) {
    return new TrainingSampler(settings).draw(series, surroundings, cutoff, seriesCount);
  }

  private TrainedModel trees(TrainingSet rows) {
    return XgboostForecaster.train(rows, settings.xgboost(), settings.seed());
  }
}
