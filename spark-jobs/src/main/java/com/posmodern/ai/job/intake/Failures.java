package com.posmodern.ai.job.intake;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.util.List;

/** What a command ends with that went on after some of its sources had failed. */
final class Failures {
  private Failures() {}

  /** A failure that a retry may put right goes before one that it does not. */
  static PosException worst(List<PosException> failed) {
    return failed.stream()
        .filter(e -> e.exitCode() == ExitCode.INFRASTRUCTURE)
        .findFirst()
        .orElse(failed.get(0));
  }
}
