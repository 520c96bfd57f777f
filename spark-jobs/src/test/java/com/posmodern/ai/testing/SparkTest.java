package com.posmodern.ai.testing;

import com.posmodern.ai.lake.s3.ConditionalPutLogStore;
import org.apache.spark.sql.SparkSession;

/** The one Spark session that all tests share: starting one takes longer than most tests. */
public final class SparkTest {
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
              // The
              // processes that tests start (KilledNightTest, the DAGs' real night) generate it.
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.session.timeZone", "UTC")
              .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .config("spark.delta.logStore.s3a.impl", ConditionalPutLogStore.class.getName())
              .config("spark.databricks.delta.snapshotPartitions", "2")
              .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4")
              .getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }
    return session;
  }
}
