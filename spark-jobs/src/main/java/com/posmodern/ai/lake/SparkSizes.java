package com.posmodern.ai.lake;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's initial numbers of partitions: derived from the cores in local mode, independent of the
 * machine on a cluster. No result depends on them; what would depend on them (the blocks of ALS) is
 * derived from the data alone.
 */
public final class SparkSizes {
  private static final Pattern LOCAL = Pattern.compile("local(\\[(\\*|\\d+)(, *\\d+)?])?");

  /**
   * With somewhat more tasks than cores, tasks of different sizes keep all cores busy to the end.
   */
  private static final int TASKS_PER_CORE = 4;

  /**
   * Adaptive execution merges small partitions but cannot split large ones: at 128 MiB each, this
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
   * Number of concurrent connections over which rows are sent to one server.
   *
   * @param wanted number from the settings; 0 for one per concurrent Spark task, up to the number
   *     that a typical till database can serve beside its normal load
   */
  public static int connections(SparkSession spark, int wanted) {
    return wanted > 0
        ? wanted
        : Math.max(2, Math.min(MOST_CONNECTIONS, spark.sparkContext().defaultParallelism()));
  }

  /** Whether an option still has the value that {@link #of} gave it. */
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
