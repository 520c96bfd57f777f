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
 * Which rows of a duplicated key stay.
 *
 * <p>Only rows whose key occurs more than once are sorted; they are found by a 64-bit hash of the
 * key, and a collision merely sorts a row in vain. Among the rows of a key, the first in the total
 * order over all columns stays, so that the choice never depends on how the table is stored.
 */
final class Duplicates {
  /** True for the rows of a key that are too many. */
  static final String SURPLUS = "_surplus";

  private static final String KEY_HASH = "_key_hash";
  private static final String KEY_ROWS = "_key_rows";
  private static final String CONTESTED = "_contested";

  private Duplicates() {}

  /**
   * The competing rows whose key occurs more than once, with {@link #SURPLUS}; small, and used by
   * {@link #marked}, so worth a persist.
   *
   * @param competing never-null boolean column; other rows neither win nor lose
   * @param firstBy columns that decide before the rest of the columns do
   */
  static Dataset<Row> contested(
      Dataset<Row> rows, List<String> key, String competing, List<String> firstBy) {
    Dataset<Row> candidates = rows.filter(col(competing)).withColumn(KEY_HASH, hashOf(key));
    Dataset<Row> repeated =
        candidates
            .groupBy(col(KEY_HASH))
            .agg(count(lit(1)).as(KEY_ROWS))
            .filter(col(KEY_ROWS).gt(1))
            .select(col(KEY_HASH));
    Column[] order =
        Stream.concat(firstBy.stream(), Stream.of(rows.columns()))
            .distinct()
            .map(name -> col(name).asc_nulls_last())
            .toArray(Column[]::new);
    Column place =
        row_number()
            .over(
                Window.partitionBy(key.stream().map(name -> col(name)).toArray(Column[]::new))
                    .orderBy(order));
    return candidates
        .join(repeated, new String[] {KEY_HASH}, "left_semi")
        .withColumn(SURPLUS, place.gt(1));
  }

  /** All rows, with {@link #SURPLUS}. */
  static Dataset<Row> marked(
      Dataset<Row> rows, List<String> key, String competing, Dataset<Row> contested) {
    Dataset<Row> hashes = contested.select(col(KEY_HASH), lit(true).as(CONTESTED)).distinct();
    return rows.withColumn(KEY_HASH, hashOf(key))
        .join(hashes, new String[] {KEY_HASH}, "left")
        .filter(not(col(competing).and(col(CONTESTED).isNotNull())))
        .withColumn(SURPLUS, lit(false))
        .drop(KEY_HASH, CONTESTED)
        .unionByName(contested.drop(KEY_HASH));
  }

  private static Column hashOf(List<String> key) {
    return xxhash64(key.stream().map(name -> col(name)).toArray(Column[]::new));
  }
}
