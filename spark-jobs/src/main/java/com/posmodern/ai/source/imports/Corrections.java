package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.SALE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.contract.Contract;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The changes of a merge: rows by primary key, and lines missing from a receipt that was exported
 * again.
 */
public final class Corrections {
  /** Column of what is to be done with a row: one of the three below. */
  public static final String ACTION = "__action";

  public static final String INSERT = "insert";
  public static final String UPDATE = "update";
  public static final String DELETE = "delete";

  private static final String THERE = "__there";

  private Corrections() {}

  /**
   * Compares.
   *
   * @param accepted of the files, one row per primary key
   * @param existing all rows of the table
   * @return rows that differ, in the contract's columns and {@link #ACTION}, one per primary key
   */
  public static Dataset<Row> of(Table table, Dataset<Row> accepted, Dataset<Row> existing) {
    return compared(
        Contracts.of(table),
        accepted,
        existing,
        Receipts.are(table) ? List.of(SALE_ID) : Contracts.of(table).primaryKey());
  }

  /** As {@link #of}, of rows that come by themselves: a receipt keeps its other lines. */
  public static Dataset<Row> ofRows(Table table, Dataset<Row> accepted, Dataset<Row> existing) {
    return compared(Contracts.of(table), accepted, existing, Contracts.of(table).primaryKey());
  }

  /**
   * @param whole the columns of what comes as a whole: its rows that are not accepted are removed
   */
  private static Dataset<Row> compared(
      Contract contract, Dataset<Row> accepted, Dataset<Row> existing, List<String> whole) {
    List<String> key = contract.primaryKey();
    Dataset<Row> affected =
        existing
            .join(
                accepted
                    .select(whole.stream().map(name -> col(name)).toArray(Column[]::new))
                    .distinct(),
                Receipts.seq(whole.toArray(String[]::new)),
                "left_semi")
            .withColumn(THERE, lit(true))
            .as("t");
    Dataset<Row> files = accepted.withColumn(THERE, lit(true)).as("s");
    Column same = lit(true);
    Column alike = lit(true);
    for (String name : contract.columnNames()) {
      Column equal = col("s." + name).eqNullSafe(col("t." + name));
      alike = alike.and(equal);
      same = key.contains(name) ? same.and(col("s." + name).equalTo(col("t." + name))) : same;
    }
    Column inFiles = col("s." + THERE).isNotNull();
    List<Column> columns = new ArrayList<>();
    for (String name : contract.columnNames()) {
      columns.add(when(inFiles, col("s." + name)).otherwise(col("t." + name)).as(name));
    }
    columns.add(
        when(col("t." + THERE).isNull(), INSERT)
            .when(col("s." + THERE).isNull(), DELETE)
            .when(not(alike), UPDATE)
            .as(ACTION));
    return files
        .join(affected, same, "full_outer")
        .select(columns.toArray(Column[]::new))
        .where(col(ACTION).isNotNull())
        .dropDuplicates(key.toArray(String[]::new));
  }
}
