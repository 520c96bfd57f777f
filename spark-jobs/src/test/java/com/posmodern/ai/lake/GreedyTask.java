package com.posmodern.ai.lake;

import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.TestSettings;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A program one of whose tasks wants more memory than there is, in local mode. */
final class GreedyTask {
  private GreedyTask() {}

  public static void main(String[] arguments) {
    try (SparkSession spark = SparkSessions.open(TestSettings.read().spark())) {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      context.parallelize(List.of(1)).map(i -> new long[Integer.MAX_VALUE - 8].length).collect();
    } catch (Throwable e) {
      if (StorageErrors.explain(e, "job greedy") instanceof PosException explained) {
        System.out.println("error: " + explained.getMessage());
        System.exit(explained.exitCode().code());
      }
      System.out.println(e);
      System.exit(1);
    }
  }
}
