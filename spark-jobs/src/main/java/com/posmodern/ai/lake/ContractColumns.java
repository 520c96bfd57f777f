package com.posmodern.ai.lake;

import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.ContractColumn;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;

/** Holds the columns of rows against a contract. */
final class ContractColumns {
  private ContractColumns() {}

  /**
   * The rows with the contract's columns in its order, each with its description.
   *
   * @throws IllegalArgumentException when a column is missing, is one too many, or has another type
   */
  static Dataset<Row> inOrder(Contract contract, Dataset<Row> rows) {
    List<String> found = Arrays.asList(rows.columns());
    for (ContractColumn column : contract.columns()) {
      if (!found.contains(column.name())) {
        throw new IllegalArgumentException(
            "%s requires column %s, the rows have %s"
                .formatted(contract.table(), column.name(), found));
      }
      DataType type = rows.schema().apply(column.name()).dataType();
      if (!DataType.equalsIgnoreNullability(type, column.type())) {
        throw new IllegalArgumentException(
            "%s.%s is %s in the contract, %s in the rows"
                .formatted(
                    contract.table(),
                    column.name(),
                    column.type().catalogString(),
                    type.catalogString()));
      }
    }
    if (found.size() != contract.columns().size()) {
      throw new IllegalArgumentException(
          "%s has columns %s, the rows have %s"
              .formatted(contract.table(), contract.columnNames(), found));
    }
    return rows.select(
        contract.columns().stream()
            .map(column -> col(column.name()).as(column.name(), TableCreation.comment(column)))
            .toArray(Column[]::new));
  }
}
