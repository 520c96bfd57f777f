package com.posmodern.ai.night;

import com.posmodern.ai.error.ExitCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How one job of a run ended; a row of {@code ops.pipeline_runs}.
 *
 * @param peakMemory bytes of heap in use after collection
 * @param failure what was thrown; empty unless the outcome is failed
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

  /** The contract's words for how a job ended. */
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
