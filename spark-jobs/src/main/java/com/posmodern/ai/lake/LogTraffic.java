package com.posmodern.ai.lake;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.spark.sql.SparkSession;

/**
 * Counts how often the logs of the lake's tables are read and committed to, per job of a run: each
 * access takes a good part of a second, regardless of the number of rows.
 */
public final class LogTraffic {
  /** Spark local property with the name of the job for which a thread works. */
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

  /** Commits that a job made, including those that create a table. */
  public long commits(String job) {
    return of(commits, job);
  }

  /**
   * How often a job asked a log for its newest version; Delta's internal reads for a commit are not
   * counted.
   */
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
