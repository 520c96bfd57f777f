package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Creates the Delta table of a contract: columns, partitions, properties and descriptions. */
final class TableCreation {
  private TableCreation() {}

  /** Creates an empty table that {@link Lake#exists} does not find. */
  static void create(Lake lake, Contract contract) {
    Dataset<Row> none = lake.spark().createDataFrame(List.of(), described(contract));
    create(lake, contract, none, Map.of(), Optional.empty(), added -> 0);
  }

  /**
   * Creates a table that {@link Lake#exists} does not find, with its first rows.
   *
   * <p>A run that ended before its first commit, killed or on a full disk, leaves a log folder
   * without a version: that is no table yet, and is made one.
   *
   * @param rows the contract's columns, with their comments
   * @param more properties in addition to those of the contract
   * @param note as {@link VerifiedWrite.Change}
   * @param verification as {@link VerifiedWrite#create}
   * @return what the verification gave
   */
  static long create(
      Lake lake,
      Contract contract,
      Dataset<Row> rows,
      Map<String, String> more,
      Optional<String> note,
      ToLongFunction<Dataset<Row>> verification) {
    Map<String, String> properties = new LinkedHashMap<>(TableProperties.of(contract));
    properties.putAll(more);
    properties.put("comment", contract.description());
    return VerifiedWrite.create(
        lake.spark(),
        lake.location(contract.table()),
        rows,
        contract.partitionColumns(),
        properties,
        note,
        verification);
  }

  private static StructType described(Contract contract) {
    return DataTypes.createStructType(
        contract.columns().stream()
            .map(
                column ->
                    DataTypes.createStructField(
                        column.name(), column.type(), true, comment(column)))
            .toArray(StructField[]::new));
  }

  /** The column's description as Spark and Delta keep it. */
  static Metadata comment(ContractColumn column) {
    return new MetadataBuilder().putString("comment", column.description()).build();
  }
}
