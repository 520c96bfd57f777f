package com.posmodern.ai.publish.postgres;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Computes in the lake how a table's rows changed since the previous publication. */
final class ChangedRows {
  /** True for a key that was removed; its other columns are null. */
  static final String REMOVED = "removed";

  private static final String PRESENT = "present";

  private ChangedRows() {}

  /**
   * Rows that were added, changed or removed.
   *
   * @param before stored columns of the previous publication
   * @param now stored columns of this one
   * @param key the primary key within a publication
   * @return the stored columns and {@link #REMOVED}; one row per changed key
   */
  static Dataset<Row> between(Dataset<Row> before, Dataset<Row> now, List<String> key) {
    Dataset<Row> old = before.withColumn(PRESENT, lit(true)).as("o");
    Dataset<Row> fresh = now.withColumn(PRESENT, lit(true)).as("n");
    Column sameKey =
        key.stream()
            .map(name -> col("o." + name).equalTo(col("n." + name)))
            .reduce(Column::and)
            .orElseThrow();
    Column oldRow = struct(columns(now, "o."));
    Column newRow = struct(columns(now, "n."));
    List<Column> changed = new ArrayList<>();
    for (String name : now.columns()) {
      Column value = col("n." + name);
      changed.add(key.contains(name) ? coalesce(value, col("o." + name)).as(name) : value.as(name));
    }
    changed.add(col("n." + PRESENT).isNull().as(REMOVED));
    return old.join(fresh, sameKey, "full_outer")
        .where(
            col("o." + PRESENT)
                .isNull()
                .or(col("n." + PRESENT).isNull())
                .or(not(oldRow.eqNullSafe(newRow))))
        .select(changed.toArray(Column[]::new));
  }

  private static Column[] columns(Dataset<Row> rows, String side) {
    return java.util.Arrays.stream(rows.columns())
        .map(name -> col(side + name))
        .toArray(Column[]::new);
  }
}
