package com.posmodern.ai.night;

import com.posmodern.ai.model.ModelVersion;

/**
 * The outcome of a job that did not fail.
 *
 * @param message what a person should know; may be empty
 */
public record JobOutcome(Status status, String message) {
  /** The kinds of outcomes. */
  public enum Status {
    OK,
    /** There were no data to compute from; the message says why. */
    SKIPPED,
    /** The candidate was rejected; the champion stays in use. */
    REJECTED
  }

  public static JobOutcome ok() {
    return ok("");
  }

  public static JobOutcome ok(String message) {
    return new JobOutcome(Status.OK, message);
  }

  public static JobOutcome skipped(String why) {
    return new JobOutcome(Status.SKIPPED, why);
  }

  public static JobOutcome rejected(String why) {
    return new JobOutcome(Status.REJECTED, why);
  }

  /** As the gate judged the candidate, with its verdict. */
  public static JobOutcome judged(ModelVersion candidate) {
    return candidate.accepted() ? ok(candidate.verdict()) : rejected(candidate.verdict());
  }
}
