package com.posmodern.ai.lake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.SparkSession;

/**
 * How often the logs of the lake's tables were read and committed to, per job of a run: each takes
 * a good part of a second, whatever the rows.
 */
public final class LogTraffic {
  /** Local property of Spark's threads that names the job of ours they work for. */
  public static final String JOB = "pos.job";

  private final SparkSession spark;
  private final Map<String, LongAdder> commits = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> reads = new ConcurrentHashMap<>();

  LogTraffic(SparkSession spark) {
    this.spark = spark;
  }

  void committed() {
    add(commits);
  }

  void read() {
    add(reads);
  }

  /** Commits that a job made, those of a table's creation included. */
  public long commits(String job) {
    return of(commits, job);
  }

  /** Times that a job asked a log for its newest version; Delta's own for a commit are not here. */
  public long reads(String job) {
    return of(reads, job);
  }

  private void add(Map<String, LongAdder> counts) {
    String job = spark.sparkContext().getLocalProperty(JOB);
    counts.computeIfAbsent(job == null ? "" : job, name -> new LongAdder()).increment();
  }

  private static long of(Map<String, LongAdder> counts, String job) {
    LongAdder count = counts.get(job);
    return count == null ? 0 : count.sum();
  }
}
