package com.posmodern.ai.lake;

import com.posmodern.ai.contract.Contract;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What changed in a table since a former version, as its log tells.
 *
 * @param rows of files that came, with 1 in {@link #SIGN}, and of files that went, with -1; a row
 *     that stayed may be in one of each, with the same {@link #HASH}. Empty when nothing changed,
 *     or nobody knows what
 * @param unknown why nobody knows; empty when it is known
 */
public record TableChanges(Optional<Dataset<Row>> rows, String unknown) {
  /** 1 for a row that came, -1 for one that went. */
  public static final String SIGN = "_sign";

  /** Hash of a row's contents. */
  public static final String HASH = "_row_hash";

  static final TableChanges NONE = new TableChanges(Optional.empty(), "");

  public static TableChanges unknown(String why) {
    return new TableChanges(Optional.empty(), why);
  }

  static TableChanges of(Dataset<Row> added, Dataset<Row> removed) {
    return new TableChanges(
        Optional.of(
            added
                .withColumn(SIGN, functions.lit(1))
                .unionByName(removed.withColumn(SIGN, functions.lit(-1)))),
        "");
  }

  /**
   * The contract's columns, {@link #SIGN} and {@link #HASH}.
   *
   * @param location of the table, for messages
   */
  static Dataset<Row> hashed(Contract contract, Dataset<Row> rows, String location) {
    Column[] columns = FormerSchema.columns(contract, rows.schema(), location);
    return rows.select(
        Stream.concat(
                Stream.of(columns),
                Stream.of(functions.col(SIGN), functions.xxhash64(columns).as(HASH)))
            .toArray(Column[]::new));
  }

  public TableChanges map(UnaryOperator<Dataset<Row>> view) {
    return new TableChanges(rows.map(view), unknown);
  }

  public boolean isKnown() {
    return unknown.isEmpty();
  }
}
