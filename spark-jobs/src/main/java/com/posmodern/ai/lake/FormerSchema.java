package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import com.posmodern.ai.contract.Layer;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares a table's columns with those of its contract, which gains columns from version to
 * version.
 *
 * <p>A table that the jobs write gets the new columns with the next write; in older rows they read
 * as null, before that write and after it. A source table is input from outside: a missing column
 * may be a misspelt one, so it is an error, unless the contract gained the column later ({@code
 * addedIn}); then it reads as null, and nobody has to load the table again.
 */
final class FormerSchema {
  private FormerSchema() {}

  /**
   * The contract's columns of a table, in the contract's order.
   *
   * @throws PosException bad data when a column has another type, or a source table lacks one
   */
  static Column[] columns(Contract contract, StructType schema, String location) {
    requireTypes(contract, schema, location);
    List<String> found = Arrays.asList(schema.fieldNames());
    return contract.columns().stream()
        .map(
            column ->
                found.contains(column.name())
                    ? col("`" + column.name() + "`")
                    : absent(contract, column, found, location))
        .toArray(Column[]::new);
  }

  private static Column absent(
      Contract contract, ContractColumn column, List<String> found, String location) {
    if (contract.table().layer() != Layer.SOURCE || column.addedIn().isPresent()) {
      return lit(null).cast(column.type()).as(column.name());
    }
    String remedy = "Import it again";
    if (!column.required()) {
      remedy +=
          ", or, if there is nothing to fill it with: ALTER TABLE delta.`%s` ADD COLUMNS (%s %s)"
              .formatted(location, column.name(), column.type().sql());
    }
    throw PosException.badData(
        "a column of the contract is missing; the table has " + found.stream().sorted().toList(),
        "%s.%s at %s".formatted(contract.table(), column.name(), location),
        remedy + ". Its contract: lake-schemas/" + contract.table().path() + ".yaml.");
  }

  /**
   * Refuses a table of which a column has another type than its contract says.
   *
   * @throws PosException bad data
   */
  static void requireTypes(Contract contract, StructType schema, String location) {
    changed(contract, schema)
        .findFirst()
        .ifPresent(
            column -> {
              throw PosException.badData(
                  "is %s, the contract says %s"
                      .formatted(
                          schema.apply(column.name()).dataType().catalogString(),
                          column.type().catalogString()),
                  "%s.%s at %s".formatted(contract.table(), column.name(), location),
                  remedy(contract.table(), location));
            });
  }

  /** Whether the table holds a copy per as-of date of what its contract keeps once. */
  static boolean isCopiedByDate(Contract contract, StructType schema) {
    return contract.isHistory() && Arrays.asList(schema.fieldNames()).contains(Columns.AS_OF_DATE);
  }

  /** Whether the columns that the table has are of the types that its contract says. */
  static boolean hasTypes(Contract contract, StructType schema) {
    return changed(contract, schema).findAny().isEmpty();
  }

  private static Stream<ContractColumn> changed(Contract contract, StructType schema) {
    Map<String, DataType> found =
        Stream.of(schema.fields())
            .collect(Collectors.toMap(StructField::name, StructField::dataType));
    return contract.columns().stream()
        .filter(
            column ->
                !DataType.equalsIgnoreNullability(
                    found.getOrDefault(column.name(), column.type()), column.type()));
  }

  private static String remedy(Table table, String location) {
    return table.layer() == Layer.SOURCE
        ? "Load the table again by its contract, lake-schemas/" + table.path() + ".yaml."
        : "Move the folder %s away: the next run recreates the table.".formatted(location);
  }
}
