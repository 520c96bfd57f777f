package com.posmodern.ai.lake;

import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two business dates, and a lake of each test's own in which there is nothing yet. */
abstract class WithEmptyLake {
  static final LocalDate MONDAY = LocalDate.of(2026, 6, 29);
  static final LocalDate TUESDAY = MONDAY.plusDays(1);

  @TempDir Path folder;

  final SparkSession spark = SparkTest.session();
  Lake lake;
  LakeWriter writer;

  @BeforeEach
  void openLake() {
    lake = new Lake(spark, folder.toString());
    writer = new LakeWriter(lake);
  }
}
