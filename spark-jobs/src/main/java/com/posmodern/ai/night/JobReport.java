package com.posmodern.ai.night;

import com.posmodern.ai.error.ExitCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of one job of a run; a row of {@code ops.pipeline_runs}.
 *
 * @param peakMemory bytes of heap in use after collection
 * @param failure the exception; empty unless the job failed
 */
public record JobReport(
    String job,
    Instant startedAt,
    double seconds,
    Outcome outcome,
    ExitCode exitCode,
    long rowsRead,
    long rowsWritten,
    long peakMemory,
    String message,
    Optional<RuntimeException> failure) {

  /** Outcomes as spelled in the contract. */
  public enum Outcome {
    OK,
    SKIPPED,
    REJECTED,
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A job that could not start because another one failed. */
  static JobReport notStarted(String job, Instant at, String why) {
    return new JobReport(job, at, 0, Outcome.SKIPPED, ExitCode.OK, 0, 0, 0, why, Optional.empty());
  }
}
