package com.posmodern.ai.model;

import java.util.List;
import java.util.Map;

/**
 * The result of evaluating a trained model on data later than its training data.
 *
 * @param model forecast, recommend or segment
 * @param parameters hyperparameters chosen
 * @param skill primary metric relative to the best of all simple methods on the same rows: higher
 *     is better, 0 is that method
 * @param skillError standard error of the skill, from the paired differences of the series or
 *     customers judged; 0 where it was not measured
 * @param standIn why a simple method is published instead of what was trained; empty when it is not
 */
public record Evaluation(
    String model,
    Map<String, String> parameters,
    List<Metric> metrics,
    double skill,
    double skillError,
    String standIn) {
  public Evaluation {
    parameters = Map.copyOf(parameters);
    metrics = List.copyOf(metrics);
  }

  /** A skill whose standard error was not measured. */
  public Evaluation(
      String model, Map<String, String> parameters, List<Metric> metrics, double skill) {
    this(model, parameters, metrics, skill, 0, "");
  }
}
