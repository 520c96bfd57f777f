package com.posmodern.ai.model;

import java.util.List;
import java.util.Map;

/**
 * What a training learnt about itself on data later than it was trained on.
 *
 * @param model forecast, recommend or segment
 * @param parameters hyperparameters chosen
 * @param skill primary metric relative to the naive baseline: higher is better, 0 is the baseline
 */
public record Evaluation(
    String model, Map<String, String> parameters, List<Metric> metrics, double skill) {
  public Evaluation {
    parameters = Map.copyOf(parameters);
    metrics = List.copyOf(metrics);
  }
}
