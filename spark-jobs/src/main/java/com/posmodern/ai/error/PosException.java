package com.posmodern.ai.error;

/** A failure that a person can act on; states what is wrong, where, and what to do. */
public final class PosException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private PosException(
      ExitCode exitCode, String what, String where, String remedy, Throwable cause) {
    super("%s: %s. %s".formatted(where, what, remedy), cause);
    this.exitCode = exitCode;
  }

  public static PosException usage(String what, String where, String remedy) {
    return new PosException(ExitCode.USAGE, what, where, remedy, null);
  }

  public static PosException badData(String what, String where, String remedy) {
    return new PosException(ExitCode.BAD_DATA, what, where, remedy, null);
  }

  /** What was waited for is not there yet; nothing is wrong. */
  public static PosException incomplete(String what, String where, String remedy) {
    return new PosException(ExitCode.INCOMPLETE, what, where, remedy, null);
  }

  public static PosException infrastructure(
      String what, String where, String remedy, Throwable cause) {
    return new PosException(ExitCode.INFRASTRUCTURE, what, where, remedy, cause);
  }

  public ExitCode exitCode() {
    return exitCode;
  }
}
