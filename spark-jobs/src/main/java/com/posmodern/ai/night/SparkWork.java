package com.posmodern.ai.night;

import com.posmodern.ai.lake.LogTraffic;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Counts Spark jobs, stages and tasks for each job of a run. On small data the run time depends on
 * the number of Spark jobs, not of rows, so it is reported.
 */
public final class SparkWork extends SparkListener {
  private static final class Counts {
    private final LongAdder jobs = new LongAdder();
    private final LongAdder stages = new LongAdder();
    private final LongAdder tasks = new LongAdder();
  }

  private final Map<String, Counts> counts = new ConcurrentHashMap<>();
  private final Map<Integer, String> jobOfStage = new ConcurrentHashMap<>();

  /** The counts that {@link #of} returns. */
  record Work(long sparkJobs, long stages, long tasks) {}

  @Override
  public void onJobStart(SparkListenerJobStart started) {
    counts(name(started.properties())).jobs.increment();
  }

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
    String job = name(submitted.properties());
    jobOfStage.put(submitted.stageInfo().stageId(), job);
    counts(job).stages.increment();
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    counts(jobOfStage.getOrDefault(ended.stageId(), "")).tasks.increment();
  }

  /** The counts so far; Spark notifies its listeners with a short delay. */
  Work of(String job) {
    Counts found = counts(job);
    return new Work(found.jobs.sum(), found.stages.sum(), found.tasks.sum());
  }

  private Counts counts(String job) {
    return counts.computeIfAbsent(job, name -> new Counts());
  }

  private static String name(Properties properties) {
    return properties == null ? "" : properties.getProperty(LogTraffic.JOB, "");
  }
}
