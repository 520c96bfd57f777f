package com.posmodern.ai.night;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.LogTraffic;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkWorkTest {
  @TempDir Path folder;

  private final SparkSession spark = SparkTest.session();

  @Test
  void jobsStagesTasksAndCommitsAreTheirsWhoCausedThem() throws Exception {
    SparkContext context = spark.sparkContext();
    SparkWork work = new SparkWork();
    context.addSparkListener(work);
    Lake lake = new Lake(spark, folder.toString());
    context.setLocalProperty(LogTraffic.JOB, "ours");
    try {
      // Three tasks before the shuffle, two after it.
      spark.range(0, 30, 1, 3).repartition(2).javaRDD().count();
      new LakeWriter(lake)
          .replaceSource(
              Table.STORES, spark.createDataFrame(List.of(), Contracts.of(Table.STORES).schema()));
    } finally {
      context.setLocalProperty(LogTraffic.JOB, null);
    }
    spark.range(5).javaRDD().count();
    context.listenerBus().waitUntilEmpty();
    context.removeSparkListener(work);

    assertThat(work.of("ours").sparkJobs()).isPositive();
    assertThat(work.of("ours").tasks()).isGreaterThanOrEqualTo(5);
    assertThat(work.of("another")).isEqualTo(new SparkWork.Work(0, 0, 0));
    assertThat(lake.traffic().commits("ours")).isEqualTo(1);
    assertThat(lake.traffic().reads("ours")).isPositive();
    assertThat(lake.traffic().commits("another")).isZero();
  }
}
