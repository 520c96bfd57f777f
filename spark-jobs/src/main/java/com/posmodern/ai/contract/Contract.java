package com.posmodern.ai.contract;

import static java.util.Comparator.comparingInt;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The contract of one table.
 *
 * @param requiredTable true for a source table without which nothing runs
 * @param rules the rules stated in the file and those derived from required columns, ranges and the
 *     key
 */
public record Contract(
    Table table,
    String version,
    String description,
    boolean requiredTable,
    List<String> consumers,
    List<ContractColumn> columns,
    List<Rule> rules) {

  private static final Set<String> FILLED_BY_THE_NIGHT =
      Set.of(Columns.AS_OF_DATE, Columns.KNOWN_UNTIL);

  public StructType schema() {
    return new StructType(
        columns.stream()
            .map(c -> new StructField(c.name(), c.type(), !c.required(), Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /** The columns that a job writes: all but those that the night fills in itself. */
  public StructType writtenSchema() {
    return new StructType(
        Arrays.stream(schema().fields())
            .filter(field -> !FILLED_BY_THE_NIGHT.contains(field.name()))
            .toArray(StructField[]::new));
  }

  public List<String> columnNames() {
    return columns.stream().map(ContractColumn::name).toList();
  }

  /** Columns of the primary key, in order; empty for tables without a key. */
  public List<String> primaryKey() {
    return columns.stream()
        .filter(ContractColumn::isKey)
        .sorted(comparingInt(ContractColumn::keyPosition))
        .map(ContractColumn::name)
        .toList();
  }

  public List<String> partitionColumns() {
    return columns.stream().filter(ContractColumn::partitioned).map(ContractColumn::name).toList();
  }

  /**
   * Whether a table of the jobs is one for all as-of dates: its rows describe their business date
   * alone, and a night reads those up to its as-of date.
   */
  public boolean isHistory() {
    return table.layer() != Layer.SOURCE && !columnNames().contains(Columns.AS_OF_DATE);
  }

  /** Columns that identify a person, by themselves or with other data. */
  public List<ContractColumn> sensitiveColumns() {
    return columns.stream()
        .filter(c -> c.classification() != ContractColumn.Classification.NONE)
        .toList();
  }

  /** Columns that identify the customer a row belongs to. */
  public List<String> customerKeys() {
    return columns.stream().filter(ContractColumn::customerKey).map(ContractColumn::name).toList();
  }

  public ContractColumn column(String name) {
    return columns.stream()
        .filter(c -> c.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(table + " has no column " + name));
  }
}
