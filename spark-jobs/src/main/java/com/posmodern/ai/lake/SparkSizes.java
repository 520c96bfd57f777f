package com.posmodern.ai.lake;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The numbers of partitions that Spark begins with: of the machine in local mode, of no machine on
 * a cluster. Nothing that a job computes hangs on them; what does (the blocks of ALS) follows from
 * the data alone.
 */
public final class SparkSizes {
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|\\d+)(, *\\d+)?])?");

  /** Tasks of unlike size keep all cores busy to the end when there are some more than cores. */
  private static final int TASKS_PER_CORE = 4;

  /**
   * Adaptive execution merges what is small, and cannot cut what is large: with 128 MiB each this
   * is enough for a shuffle of 256 GiB, some billions of sales lines.
   */
  private static final int CLUSTER_PARTITIONS = 2000;

  private static final int MOST_CONNECTIONS = 16;

  private SparkSizes() {}

  /**
   * Options by their names.
   *
   * @param master as Spark takes it, such as {@code local[*]} or {@code yarn}
   * @param cores of this machine
   */
  static Map<String, String> of(String master, int cores) {
    Matcher local = LOCAL.matcher(master);
    if (!local.matches()) {
      return Map.of(
          "spark.sql.shuffle.partitions",
          Integer.toString(CLUSTER_PARTITIONS),
          "spark.sql.adaptive.enabled",
          "true",
          "spark.sql.adaptive.coalescePartitions.parallelismFirst",
          "false",
          "spark.sql.adaptive.advisoryPartitionSizeInBytes",
          "128m");
    }
    int threads =
        local.group(2) == null ? 1 : local.group(2).equals("*") ? cores : number(local.group(2));
    String tasks = Integer.toString(TASKS_PER_CORE * threads);
    return Map.of(
        "spark.sql.shuffle.partitions",
        tasks,
        "spark.default.parallelism",
        tasks,
        // Threads, not machines, list folders and put logs together.
        "spark.sql.sources.parallelPartitionDiscovery.parallelism",
        Integer.toString(2 * threads),
        "spark.databricks.delta.snapshotPartitions",
        Integer.toString(threads));
  }

  /**
   * Connections to one server that rows are sent over at a time.
   *
   * @param wanted by the settings; 0 for one per task that Spark has at a time, up to as many as a
   *     server of the till's size still takes beside its own work
   */
  public static int connections(SparkSession spark, int wanted) {
    return wanted > 0
        ? wanted
        : Math.max(2, Math.min(MOST_CONNECTIONS, spark.sparkContext().defaultParallelism()));
  }

  /** Whether an option has the value that {@link #of} gave it, and nobody asked for another. */
  static boolean isDerived(SparkConf conf, String option) {
    String derived =
        of(conf.get("spark.master"), Runtime.getRuntime().availableProcessors()).get(option);
    return derived != null && derived.equals(conf.get(option));
  }

  static boolean isLocal(String master) {
    return LOCAL.matcher(master).matches();
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }
}
