package com.posmodern.ai.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of evaluating a trained model on data later than its training data.
 *
 * @param model one of the names that the contract of {@code ops.model_registry} knows
 * @param parameters hyperparameters chosen
 * @param skill primary metric relative to the best of all simple methods on the same rows: higher
 *     is better, 0 is that method
 * @param skillError standard error of the skill, from the paired differences of the series or
 *     customers judged; 0 where it was not measured
 * @param standIn why a simple method is published instead of what was trained; empty when it is not
 * @param former the candidate beside a version kept from before, on rows that neither has seen;
 *     empty when there is none
 */
public record Evaluation(
    String model,
    Map<String, String> parameters,
    List<Metric> metrics,
    double skill,
    double skillError,
    String standIn,
    Optional<Paired> former) {
  /**
   * Parameter that names what the skill is measured by; skills measured by different things are not
   * compared.
   */
  public static final String JUDGED_BY = "judged_by";

  public Evaluation {
    parameters = Map.copyOf(parameters);
    metrics = List.copyOf(metrics);
  }

  /** A candidate that was not held against a kept version. */
  public Evaluation(
      String model,
      Map<String, String> parameters,
      List<Metric> metrics,
      double skill,
      double skillError,
      String standIn) {
    this(model, parameters, metrics, skill, skillError, standIn, Optional.empty());
  }

  /** A skill whose standard error was not measured. */
  public Evaluation(
      String model, Map<String, String> parameters, List<Metric> metrics, double skill) {
    this(model, parameters, metrics, skill, 0, "");
  }

  /**
   * Two versions on the same rows.
   *
   * @param version kept from before
   * @param gain by how much the candidate is better, as a share of that version's metric
   * @param error standard error of the gain, from the paired differences
   */
  public record Paired(String version, double gain, double error) {}
}
