package com.posmodern.ai.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Lets a command that runs until it is stopped end by itself when the process is asked to end
 * (SIGTERM, an interrupt from the keyboard). The exit code is that of the signal, 143 or 130.
 */
final class CleanEnd {
  /** Before Spark's own hook, which would take the session away; Hadoop runs them in this order. */
  private static final int FIRST = 100;

  private static final long LONGEST_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable hook;

  private CleanEnd(Runnable stop) {
    this.hook =
        () -> {
          stop.run();
          awaitEnd();
        };
  }

  /**
   * From now on until the end is {@link #reached}.
   *
   * @param stop asks the command to end, and returns at once
   */
  static CleanEnd by(Runnable stop) {
    CleanEnd end = new CleanEnd(stop);
    ShutdownHookManager.get().addShutdownHook(end.hook, FIRST, LONGEST_SECONDS, TimeUnit.SECONDS);
    return end;
  }

  private void awaitEnd() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      // The time is over: what was cut off comes again.
      Thread.currentThread().interrupt();
    }
  }

  /** The command has ended. */
  void reached() {
    ended.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
