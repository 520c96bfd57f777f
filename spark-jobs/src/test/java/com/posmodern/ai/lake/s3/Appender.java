package com.posmodern.ai.lake.s3;

import com.posmodern.ai.testing.S3Server;
import com.posmodern.ai.testing.SparkTest;
import org.apache.spark.sql.SparkSession;

/** A second Spark driver that appends. Arguments: bucket, server's address, commits. */
final class Appender {
  private Appender() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkTest.session();
    S3Server.reach(spark.sparkContext().hadoopConfiguration(), arguments[0], arguments[1]);
    append(spark, "s3a://" + arguments[0] + "/table", "child", Integer.parseInt(arguments[2]));
    spark.stop();
  }

  /** One row, and one commit, at a time. */
  static void append(SparkSession spark, String table, String driver, int commits) {
    for (int i = 0; i < commits; i++) {
      spark
          .sql("SELECT '%s' AS driver, %d AS i".formatted(driver, i))
          .write()
          .format("delta")
          .mode("append")
          .save(table);
    }
  }
}
