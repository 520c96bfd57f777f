package com.posmodern.ai.testing;

import com.posmodern.ai.lake.s3.ConditionalPutLogStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** The one Spark session that all tests share: starting one takes longer than most tests. */
public final class SparkTest {
  /** What {@link #session} sets against Spark's own choice. */
  private static final List<String> FOR_SPEED =
      List.of(
          "spark.sql.adaptive.enabled",
          "spark.sql.codegen.wholeStage",
          "spark.sql.codegen.factoryMode");

  private static SparkSession session;

  private SparkTest() {}

  /** Local session with Delta, UTC and two shuffle partitions. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.default.parallelism", "2")
              // Planning again after each stage costs more than a handful of rows can give back.
              .config("spark.sql.adaptive.enabled", "false")
              // Generating and compiling code for a handful of rows takes longer than the rows do.
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              // Plans written out in full, for pages that nobody opens, took 8 % of the time.
              .config("spark.sql.ui.explainMode", "simple")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .config("spark.delta.logStore.s3a.impl", ConditionalPutLogStore.class.getName())
              .config("spark.databricks.delta.snapshotPartitions", "1")
              .config(
                  "spark.databricks.delta.vacuum.enforceTimeTravelWithinDeletedFileRetentionDuration",
                  "false")
              .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
              .getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }

  /** Does something with plans and generated code as Spark is shipped. */
  public static <T> T asShipped(Supplier<T> work) {
    Map<String, String> ours = new LinkedHashMap<>();
    for (String option : FOR_SPEED) {
      ours.put(option, session().conf().get(option));
      session().conf().unset(option);
    }
    try {
      return work.get();
    } finally {
      ours.forEach(session().conf()::set);
    }
  }
}
