package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes a sample lake and its truth: {@code WriteSampleLake <dir> <stores> <products> <customers>
 * <days> <lines>}.
 */
public final class WriteSampleLake {
  private WriteSampleLake() {}

  public static void main(String[] args) {
    SampleSettings settings =
        new SampleSettings(
            20250930,
            "2025-09-30",
            Integer.parseInt(args[4]),
            Integer.parseInt(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]),
            Long.parseLong(args[5]),
            0.2,
            0.004,
            28,
            10,
            30,
            0,
            0);
    SparkSession spark = SparkTest.session();
    SampleLake lake = SampleLake.generate(spark, settings);
    for (Map.Entry<Table, Dataset<Row>> entry : lake.tables().entrySet()) {
      String path = args[0] + "/" + entry.getKey().path();
      write(entry.getKey().toString(), path, entry.getValue(), "delta");
    }
    for (Map.Entry<String, Dataset<Row>> entry : new TreeMap<>(lake.truth()).entrySet()) {
      String path = args[0] + "-truth/" + entry.getKey();
      write("truth " + entry.getKey(), path, entry.getValue(), "parquet");
    }
    spark.stop();
  }

  private static void write(String name, String path, Dataset<Row> rows, String format) {
    long start = System.nanoTime();
    rows.write().format(format).mode("overwrite").save(path);
    double seconds = (System.nanoTime() - start) / 1e9;
    long count = rows.sparkSession().read().format(format).load(path).count();
    System.out.printf("%-28s %,12d rows %6.1f s%n", name, count, seconds);
  }
}
