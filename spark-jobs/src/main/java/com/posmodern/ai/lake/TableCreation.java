package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import io.delta.exceptions.DeltaConcurrentModificationException;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Creates the empty Delta table of a contract: columns, partitions, properties and descriptions.
 */
final class TableCreation {
  private TableCreation() {}

  static void create(Lake lake, Contract contract) {
    create(lake, contract, Map.of());
  }

  /**
   * Creates a table that {@link Lake#exists} does not find.
   *
   * @param more properties in addition to those of the contract
   */
  static void create(Lake lake, Contract contract, Map<String, String> more) {
    Map<String, String> properties = new LinkedHashMap<>(TableProperties.of(contract));
    properties.putAll(more);
    try {
      if (lake.isBegun(contract.table())) {
        finish(lake, contract, properties);
      } else {
        begin(lake, contract, properties);
      }
    } catch (DeltaConcurrentModificationException conflict) {
      // Another process created it at the same moment.
      if (!lake.exists(contract.table())) {
        throw conflict;
      }
    }
  }

  private static void begin(Lake lake, Contract contract, Map<String, String> properties) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(lake.spark())
            .location(lake.location(contract.table()))
            .comment(contract.description())
            .addColumns(described(contract))
            .partitionedBy(contract.partitionColumns().toArray(String[]::new));
    properties.forEach(builder::property);
    builder.execute();
  }

  /**
   * A run that ended before its first commit, killed or on a full disk, leaves a log folder without
   * a version. "Create if not exists" takes any folder for a table; a write checks the log, and its
   * mode leaves alone what another process has committed. (A run that ends between the two steps
   * leaves a valid table without its description.)
   */
  private static void finish(Lake lake, Contract contract, Map<String, String> properties) {
    String location = lake.location(contract.table());
    lake.spark()
        .createDataFrame(List.of(), described(contract))
        .write()
        .format("delta")
        .mode(SaveMode.Ignore)
        .partitionBy(contract.partitionColumns().toArray(String[]::new))
        .options(properties)
        .save(location);
    lake.spark()
        .sql(
            "COMMENT ON TABLE delta.`%s` IS %s"
                .formatted(location, LakeWriter.literal(contract.description())));
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
