package com.posmodern.ai.quality;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Chooses which row of a duplicated key is kept.
 *
 * <p>Only rows whose key occurs more than once are sorted; they are found by a 64-bit hash of the
 * key; a collision only sorts a row unnecessarily. Of the rows with the same key, the first in the
 * total order over all columns is kept, so the choice does not depend on how the table is stored.
 */
final class Duplicates {
  /** True for the surplus rows of a duplicated key. */
  static final String SURPLUS = "_surplus";

  private static final String KEY_HASH = "_key_hash";
  private static final String KEY_ROWS = "_key_rows";
  private static final String CONTESTED = "_contested";

  private Duplicates() {}

  /**
   * Hashes of the keys that occur more than once; few. To be persisted and materialised, so that
   * Spark knows how few they are when it plans the joins below.
   *
   * @param rows the unfiltered table: applying the rules first would cost more than a few
   *     unnecessary keys
   */
  static Dataset<Row> repeated(Dataset<Row> rows, List<String> key) {
    return rows.groupBy(hashOf(key).as(KEY_HASH))
        .agg(count(lit(1)).as(KEY_ROWS))
        .filter(col(KEY_ROWS).gt(1))
        .select(col(KEY_HASH), lit(true).as(CONTESTED));
  }

  /**
   * The competing rows of duplicated keys, with {@link #SURPLUS}; also worth persisting.
   *
   * @param competing never-null boolean column; rows for which it is false are neither kept nor
   *     surplus
   * @param firstBy columns that are compared before all other columns
   */
  static Dataset<Row> contested(
      Dataset<Row> rows,
      List<String> key,
      String competing,
      Dataset<Row> repeated,
      List<String> firstBy) {
    return rows.filter(col(competing))
        .withColumn(KEY_HASH, hashOf(key))
        .join(repeated, new String[] {KEY_HASH}, "left_semi")
        .drop(KEY_HASH)
        .withColumn(SURPLUS, place(rows, key, firstBy).gt(1));
  }

  /** All rows, with {@link #SURPLUS}. */
  static Dataset<Row> marked(
      Dataset<Row> rows,
      List<String> key,
      String competing,
      Dataset<Row> repeated,
      Dataset<Row> contested) {
    return rows.withColumn(KEY_HASH, hashOf(key))
        .join(repeated, new String[] {KEY_HASH}, "left")
        .filter(not(col(competing).and(col(CONTESTED).isNotNull())))
        .withColumn(SURPLUS, lit(false))
        .drop(KEY_HASH, CONTESTED)
        .unionByName(contested);
  }

  /**
   * All rows of a small table, with {@link #SURPLUS}: sorts the whole table by key, but only once.
   */
  static Dataset<Row> markedSmall(Dataset<Row> rows, List<String> key, String competing) {
    List<String> apart = Stream.concat(key.stream(), Stream.of(competing)).toList();
    return rows.withColumn(SURPLUS, col(competing).and(place(rows, apart, List.of()).gt(1)));
  }

  /** Rank of a row among those with the same key, in a total order over all columns. */
  private static Column place(Dataset<Row> rows, List<String> key, List<String> firstBy) {
    Column[] order =
        Stream.concat(firstBy.stream(), Stream.of(rows.columns()))
            .distinct()
            .map(name -> col(name).asc_nulls_last())
            .toArray(Column[]::new);
    return row_number()
        .over(
            Window.partitionBy(key.stream().map(name -> col(name)).toArray(Column[]::new))
                .orderBy(order));
  }

  private static Column hashOf(List<String> key) {
    return xxhash64(key.stream().map(name -> col(name)).toArray(Column[]::new));
  }
}
