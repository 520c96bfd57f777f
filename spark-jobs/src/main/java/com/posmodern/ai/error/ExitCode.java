package com.posmodern.ai.error;

/**
 * What a run tells the shell, and through it the scheduler: only infrastructure is worth a retry.
 */
public enum ExitCode {
  OK(0),
  /** A fault of ours: nothing below fits. */
  INTERNAL(1),
  /** The command line or a configuration file is wrong. */
  USAGE(2),
  /** The data breaks its contract, or is not there. */
  BAD_DATA(3),
  /** All is published, but a candidate model lost and the champion scored. */
  REJECTED_MODEL(4),
  /** Disk, network, storage or memory failed; the same run may succeed later. */
  INFRASTRUCTURE(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
