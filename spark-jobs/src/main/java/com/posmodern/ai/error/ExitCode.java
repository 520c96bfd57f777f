package com.posmodern.ai.error;

/**
 * The exit codes of a run, for the shell and the scheduler: only infrastructure errors are worth a
 * retry.
 */
public enum ExitCode {
  OK(0),
  /** An internal error: none of the others applies. */
  INTERNAL(1),
  /** The command line or a configuration file is wrong. */
  USAGE(2),
  /** The data break their contract or are missing. */
  BAD_DATA(3),
  /** Everything was published, but a candidate model was rejected and the champion was used. */
  REJECTED_MODEL(4),
  /** Disk, network, storage or memory failed; the same run may succeed later. */
  INFRASTRUCTURE(5),
  /** The sales of the asked date have not all arrived; the same command may succeed later. */
  INCOMPLETE(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
