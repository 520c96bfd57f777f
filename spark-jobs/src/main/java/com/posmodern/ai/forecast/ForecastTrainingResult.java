package com.posmodern.ai.forecast;

import com.posmodern.ai.model.Evaluation;
import java.util.List;

/** Everything that a training produces; its size does not depend on the number of series. */
public final class ForecastTrainingResult {
  private final List<TrainedModel> models;
  private final BacktestReport report;
  private final Evaluation evaluation;
  private final String message;

  ForecastTrainingResult(
      List<TrainedModel> models, BacktestReport report, Evaluation evaluation, String message) {
    this.models = models;
    this.report = report;
    this.evaluation = evaluation;
    this.message = message;
  }

  /** The champions that were trained, on everything up to the as-of date. */
  public List<TrainedModel> models() {
    return models;
  }

  BacktestReport report() {
    return report;
  }

  /** Metrics per candidate, and the skill over the best simple method. */
  public Evaluation evaluation() {
    return evaluation;
  }

  /**
   * What was skipped because the history is too short, and whether signals help; empty where there
   * is nothing to say.
   */
  public String message() {
    return message;
  }
}
