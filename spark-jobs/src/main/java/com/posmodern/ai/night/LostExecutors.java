package com.posmodern.ai.night;

import java.io.PrintStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Warns when a machine of the cluster is lost during a job, and says what that means. */
public final class LostExecutors extends SparkListener {
  /** Dynamic allocation releases idle executors. */
  private static final String GIVEN_BACK = "killed by driver";

  private final PrintStream out;

  public LostExecutors(PrintStream out) {
    this.out = out;
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    if (!removed.reason().contains(GIVEN_BACK)) {
      out.printf(
          "warning: executor %s was lost (%s); Spark computes its part again on the others%n",
          removed.executorId(), removed.reason().lines().findFirst().orElse("no reason given"));
    }
  }
}
