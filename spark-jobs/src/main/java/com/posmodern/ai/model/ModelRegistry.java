package com.posmodern.ai.model;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** Every version ever trained, and which one is in use. */
public interface ModelRegistry {
  /** Name of the version to be trained: model, as-of date and a hash of the parameters. */
  String nextVersion(String model, Map<String, String> parameters);

  /**
   * Records version and metrics, and lets the gate decide.
   *
   * @param seconds duration of training and evaluation
   */
  ModelVersion judge(Evaluation evaluation, double seconds);

  /** The version in use at the as-of date: the newest accepted version up to it. */
  Optional<Champion> champion(String model);

  /**
   * The newest version accepted up to a date: it has seen nothing of the days after. Empty where it
   * is older then than the maximum age of a champion.
   */
  Optional<Champion> acceptedUpTo(String model, LocalDate date);
}
