package com.posmodern.ai.source.imports;

import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.to_date;

import com.posmodern.ai.contract.Table;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Tells a receipt's newer export from another receipt of the same number: a receipt is of one store
 * and of one day, or of a few hours around midnight. That shows which numbers start again every
 * day, or are used by every store.
 */
final class Receipts {
  /** Reason of the lines of a number that several receipts have. */
  static final String USED_AGAIN = "sale_id_used_again";

  /** Between lines of one receipt that lie on two days: it was begun before midnight. */
  private static final long MOST_SECONDS = 6 * 3600;

  private static final String BEFORE = "__before_";
  private static final String LAST = "__last";

  private Receipts() {}

  static boolean are(Table table) {
    return table == Table.SALES_LINES;
  }

  /**
   * Receipt numbers that are not one receipt's.
   *
   * @param lines accepted lines of the files
   * @param existing lines of the lake that a merge would touch; empty where all are replaced
   * @return sale_id, one row each
   */
  static Dataset<Row> usedAgain(Dataset<Row> lines, Optional<Dataset<Row>> existing) {
    Dataset<Row> receipts = receipts(lines);
    Column several =
        col(STORE_ID)
            .notEqual(col(LAST + STORE_ID))
            .or(areDaysApart(col(SOLD_AT), col(LAST + SOLD_AT)));
    if (existing.isEmpty()) {
      return receipts.where(several).select(SALE_ID);
    }
    Dataset<Row> before =
        receipts(existing.get().join(receipts.select(SALE_ID), seq(SALE_ID), "left_semi"))
            .select(
                col(SALE_ID),
                col(STORE_ID).as(BEFORE + STORE_ID),
                col(SOLD_AT).as(BEFORE + SOLD_AT));
    Column another =
        col(STORE_ID)
            .notEqual(col(BEFORE + STORE_ID))
            .or(areDaysApart(col(SOLD_AT), col(BEFORE + SOLD_AT)));
    return receipts.join(before, seq(SALE_ID), "left").where(several.or(another)).select(SALE_ID);
  }

  private static Dataset<Row> receipts(Dataset<Row> lines) {
    // Grouped by store first: minimum and maximum of texts cannot be kept in a hash table, and this
    // step leaves few rows for them.
    return lines
        .groupBy(SALE_ID, STORE_ID)
        .agg(min(SOLD_AT).as(SOLD_AT), max(SOLD_AT).as(LAST + SOLD_AT))
        .groupBy(SALE_ID)
        .agg(
            min(STORE_ID).as(STORE_ID),
            max(STORE_ID).as(LAST + STORE_ID),
            min(SOLD_AT).as(SOLD_AT),
            max(LAST + SOLD_AT).as(LAST + SOLD_AT));
  }

  private static Column areDaysApart(Column one, Column other) {
    Column seconds = one.cast(DataTypes.LongType).minus(other.cast(DataTypes.LongType));
    return to_date(one).notEqual(to_date(other)).and(abs(seconds).gt(MOST_SECONDS));
  }

  static scala.collection.immutable.Seq<String> seq(String... names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(java.util.List.of(names)).toSeq();
  }
}
