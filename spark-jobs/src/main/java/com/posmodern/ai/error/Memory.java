package com.posmodern.ai.error;

/**
 * Memory that ran out in this process. Whatever was being done in any thread may be half done, so
 * the process says so and ends; the next run makes it good.
 */
public final class Memory {
  private Memory() {}

  /**
   * Whether this process has no memory left. A task of a cluster's executor has taken its own
   * process with it, and a query that was refused its share of memory takes none.
   */
  public static boolean ranOut(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t.getClass().getName().startsWith("org.apache.spark.")) {
        return false;
      }
      if (t instanceof OutOfMemoryError) {
        return true;
      }
    }
    return false;
  }

  /** Ends the process, without the hooks that would want memory too. */
  public static void end(String doing) {
    System.err.printf(
        "error: %s: out of memory (%d MiB of heap). Nothing half done is visible to readers. Give the program more memory (POS_HEAP, or the job's size in conf/spark/sizes.yaml) and run again.%n",
        doing, Runtime.getRuntime().maxMemory() >> 20);
    System.err.flush();
    Runtime.getRuntime().halt(ExitCode.INFRASTRUCTURE.code());
  }
}
