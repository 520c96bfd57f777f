package com.posmodern.ai.segment;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Converts a few rows from the driver to the types of their contract. */
final class SegmentRows {
  private SegmentRows() {}

  /**
   * Rows with the contract's types.
   *
   * @param columns names in the order of the rows' values
   */
  static Dataset<Row> of(
      SparkSession spark, List<Row> rows, StructType contract, List<String> columns) {
    return spark.createDataFrame(
        rows,
        new StructType(
            columns.stream()
                .map(name -> contract.fields()[contract.fieldIndex(name)])
                .toArray(StructField[]::new)));
  }
}
