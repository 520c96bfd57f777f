package com.posmodern.ai.night;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.slf4j.MDC;

/** What every log line of a job carries, on the driver and in Spark's tasks. */
final class LogPlace {
  /** Spark hands local properties of this name to the tasks' own lines. */
  private static final String OF_TASKS = "mdc.";

  private static final String JOB = "job";
  private static final String AS_OF = "as_of";
  private static final String RUN = "run";

  private LogPlace() {}

  static void enter(SparkSession spark, String job, Run run) {
    Map.of(JOB, job, AS_OF, run.asOf().toString(), RUN, run.id())
        .forEach(
            (key, value) -> {
              MDC.put(key, value);
              spark.sparkContext().setLocalProperty(OF_TASKS + key, value);
            });
  }

  static void leave(SparkSession spark) {
    for (String key : java.util.List.of(JOB, AS_OF, RUN)) {
      MDC.remove(key);
      spark.sparkContext().setLocalProperty(OF_TASKS + key, null);
    }
  }
}
