package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.ContractColumn.Classification;
import com.posmodern.ai.contract.Layer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;

/** The Delta table properties that follow from a contract. */
final class TableProperties {
  private static final String STATISTICS = "delta.dataSkippingStatsColumns";

  /**
   * A kept publication refers to versions of the result tables, and a till database that missed
   * many nights needs the version that it loaded last. Delta would drop both from the log after 30
   * days.
   */
  private static final String KEPT_LOG = "interval 3650 days";

  private TableProperties() {}

  /** Manifests for Redshift Spectrum need tables without deletion vectors and column mapping. */
  static Map<String, String> of(Contract contract) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("delta.enableDeletionVectors", "false");
    properties.put("delta.columnMapping.mode", "none");
    properties.put("delta.dataSkippingNumIndexedCols", indexedColumns(contract));
    properties.putAll(ofFormer(contract, contract.columnNames()));
    return properties;
  }

  /**
   * Those of {@link #of} that a table made by a former version must get, too.
   *
   * @param columns that the table has: Delta refuses to gather statistics of others
   */
  static Map<String, String> ofFormer(Contract contract, Collection<String> columns) {
    Map<String, String> properties = new LinkedHashMap<>(withoutPersons(contract, columns));
    if (contract.isHistory()) {
      // Which files a night need not open, and which it need not write again.
      properties.put(STATISTICS, Columns.BUSINESS_DATE);
    }
    if (contract.table().layer() == Layer.RESULTS) {
      properties.put("delta.logRetentionDuration", KEPT_LOG);
    }
    return properties;
  }

  /**
   * Minimum and maximum values per file are stored in the table's log, which outlives the rows:
   * they are not collected for columns that identify a person.
   */
  private static Map<String, String> withoutPersons(Contract contract, Collection<String> columns) {
    return contract.sensitiveColumns().isEmpty() || contract.table().layer() == Layer.FEATURES
        ? Map.of()
        : Map.of(
            STATISTICS,
            contract.columns().stream()
                .filter(column -> column.classification() == Classification.NONE)
                .filter(column -> !column.partitioned() && hasOrder(column.type()))
                .map(ContractColumn::name)
                .filter(columns::contains)
                .collect(Collectors.joining(",")));
  }

  /** The columns for which Delta keeps minimum and maximum values. */
  private static boolean hasOrder(DataType type) {
    return type instanceof NumericType
        || Set.of(DataTypes.StringType, DataTypes.DateType, DataTypes.TimestampType).contains(type);
  }

  /**
   * Minimum and maximum values per file help readers who filter. Features are read as a whole by
   * the next job, and collecting statistics costs time for every row written.
   */
  private static String indexedColumns(Contract contract) {
    return contract.table().layer() == Layer.FEATURES ? "0" : "32";
  }
}
