package com.posmodern.ai.night;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Builds the few rows that the driver writes to a ledger table. */
final class RowsOf {
  private final StructType schema;
  private final List<Row> rows = new ArrayList<>();

  RowsOf(Table table, List<String> columns) {
    Contract contract = Contracts.of(table);
    this.schema =
        new StructType(
            columns.stream()
                .map(contract::column)
                .map(RowsOf::nullable)
                .toArray(StructField[]::new));
  }

  RowsOf add(Object... values) {
    rows.add(RowFactory.create(values));
    return this;
  }

  Dataset<Row> dataset(SparkSession spark) {
    return spark.createDataFrame(rows, schema).coalesce(1);
  }

  private static StructField nullable(ContractColumn column) {
    return new StructField(column.name(), column.type(), true, Metadata.empty());
  }
}
