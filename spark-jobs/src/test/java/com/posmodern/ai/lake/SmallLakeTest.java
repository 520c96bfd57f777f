package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallLakeTest {
  private static final String CODE = "spark.sql.codegen.wholeStage";

  @TempDir Path folder;

  private SparkSession spark;

  @BeforeEach
  void openSession() {
    spark = SparkTest.session().newSession();
    spark.conf().unset("spark.sql.adaptive.enabled");
  }

  @Test
  void aSmallLakeIsPlannedForAsOne() {
    Lake lake = new Lake(spark, folder.toString());
    new LakeWriter(lake).replaceSource(Table.CALENDAR, events(10));
    assertThat(SmallLake.adapt(lake)).isTrue();
  }

  /** However few bytes its rows take: these all have the same name. */
  @Test
  void aLakeOfSomeSizeKeepsSparksOwnWay() {
    Lake lake = new Lake(spark, folder.toString());
    spark.conf().set(CODE, "true");
    new LakeWriter(lake).replaceSource(Table.CALENDAR, events(100_001));
    assertThat(SmallLake.adapt(lake)).isFalse();
    assertThat(spark.conf().get(CODE)).isEqualTo("true");
  }

  private Dataset<Row> events(int days) {
    return spark.sql(
        ("SELECT 'ALL' AS region, DATE'1970-01-01' + CAST(id AS INT) AS calendar_date,"
                + " 'day' AS event_name, 'national_holiday' AS kind"
                + " FROM range(%d)")
            .formatted(days));
  }
}
