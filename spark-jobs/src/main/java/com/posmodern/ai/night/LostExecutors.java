package com.posmodern.ai.night;

import java.io.PrintStream;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/** Says so when a machine of the cluster goes away in the middle of a job, and what that means. */
public final class LostExecutors extends SparkListener {
  /** Dynamic allocation gives back what has nothing to do. */
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
