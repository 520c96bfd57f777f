package com.posmodern.ai.testing;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows in the shape of a table's contract, a derived table's without its as-of date. What a row
 * does not state is null, so that a new column of a contract breaks no test that does without it.
 */
public final class ContractRows {
  private ContractRows() {}

  /** Rows of cells in the contract's order; their last cells may be left out. */
  public static Dataset<Row> of(Table table, List<Row> rows) {
    StructField[] fields = fields(table);
    List<Row> whole =
        rows.stream().map(row -> RowFactory.create(cells(row, fields.length))).toList();
    return SparkTest.session().createDataFrame(whole, new StructType(fields));
  }

  private static Object[] cells(Row row, int number) {
    Object[] cells = new Object[number];
    for (int i = 0; i < row.size(); i++) {
      cells[i] = row.get(i);
    }
    return cells;
  }

  /** The rows of a query, whose columns go by name. */
  public static Dataset<Row> select(Table table, String query) {
    return completed(table, SparkTest.session().sql(query));
  }

  /** Rows, whose columns go by name. */
  public static Dataset<Row> completed(Table table, Dataset<Row> rows) {
    StructField[] fields = fields(table);
    List<String> stated = List.of(rows.columns());
    assertThat(new StructType(fields).fieldNames()).as("columns of " + table).containsAll(stated);
    return rows.select(
        Arrays.stream(fields)
            .map(
                field ->
                    stated.contains(field.name())
                        ? col(field.name())
                        : lit(null).cast(field.dataType()).as(field.name()))
            .toArray(Column[]::new));
  }

  private static StructField[] fields(Table table) {
    return Arrays.stream(Contracts.of(table).schema().asNullable().fields())
        .filter(field -> !field.name().equals(AS_OF_DATE))
        .toArray(StructField[]::new);
  }
}
