package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.contract.Days;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The days whose rows are others than before. */
public final class ChangedDays {
  /** Keys that repeat lead from day to day; after so many steps nearly every day is among them. */
  private static final int MOST_STEPS = 3;

  /** Hashes of keys, of eight bytes each, of which every task gets a copy. */
  private static final long MOST_BROADCAST = 500_000;

  private static final String KEY_HASH = "_key_hash";

  private ChangedDays() {}

  /**
   * Where rows came or went: days on which the rows that came are not those that went.
   *
   * @param changes rows of files that changed, most of which may have stayed
   * @param sign column with 1 for a row that came, -1 for one that went
   * @param hash column with a hash of the row
   */
  public static Days of(Dataset<Row> changes, String date, String sign, String hash) {
    Column rows = sum(col(sign));
    Column contents = sum(col(hash).cast("decimal(38,0)").multiply(col(sign)));
    return Days.of(
        changes
            .groupBy(col(date))
            .agg(rows.as("_rows"), contents.as("_contents"))
            .where(col("_rows").notEqual(0).or(coalesce(col("_contents"), lit(0)).notEqual(0)))
            .select(col(date))
            .as(Encoders.LOCALDATE())
            .collectAsList());
  }

  /**
   * The days on which sales lines came or went, and all days with lines of the same keys: so that
   * the lines of a key lie all on these days, or all on others.
   *
   * @param sales all sales lines
   * @param changes as of {@link #of}
   * @param more days to judge again for other reasons
   * @return empty when keys repeat on too many days
   */
  public static Optional<Days> ofSales(
      Dataset<Row> sales,
      Optional<Dataset<Row>> changes,
      StoreClock clock,
      String sign,
      String hash,
      Days more) {
    Optional<Dataset<Row>> dated = changes.map(rows -> clock.dated(rows));
    Days days = dated.map(rows -> of(rows, LOCAL_DATE, sign, hash)).map(more::with).orElse(more);
    for (int step = 0; step <= MOST_STEPS; step++) {
      if (days.isEmpty()) {
        return Optional.of(days);
      }
      Dataset<Row> keys =
          clock
              .dated(sales.where(StoreClock.around(days)))
              .where(days.has(LOCAL_DATE))
              .select(keyHash());
      if (step == 0 && dated.isPresent()) {
        // Of a line that went, too: another line of its key may take its place.
        keys =
            keys.unionByName(
                dated.get().where(col(sign).lt(0).and(days.has(LOCAL_DATE))).select(keyHash()));
      }
      Days others = otherDays(sales, keys, clock, days);
      if (others.isEmpty()) {
        return Optional.of(days);
      }
      days = days.with(others);
    }
    return Optional.empty();
  }

  private static Days otherDays(
      Dataset<Row> sales, Dataset<Row> keys, StoreClock clock, Days days) {
    Dataset<Row> held = keys.distinct().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> asked = held.count() <= MOST_BROADCAST ? broadcast(held) : held;
      // Dates are told of the few lines alone whose key was asked for.
      Dataset<Row> sameKeys =
          sales.withColumn(KEY_HASH, keyHash()).join(asked, new String[] {KEY_HASH}, "left_semi");
      return Days.of(
          clock
              .dated(sameKeys)
              .where(days.lacks(LOCAL_DATE))
              .select(col(LOCAL_DATE))
              .distinct()
              .as(Encoders.LOCALDATE())
              .collectAsList());
    } finally {
      held.unpersist();
    }
  }

  private static Column keyHash() {
    return xxhash64(
            SalesRules.CONTRACT.primaryKey().stream().map(name -> col(name)).toArray(Column[]::new))
        .as(KEY_HASH);
  }

  /** Days with accepted lines of products that are not known any more. */
  public static Days withoutProducts(Dataset<Row> accepted, Dataset<Row> products) {
    return Days.of(
        accepted
            .join(
                broadcast(products.select(col(PRODUCT_ID))), new String[] {PRODUCT_ID}, "left_anti")
            .select(col(BUSINESS_DATE))
            .distinct()
            .as(Encoders.LOCALDATE())
            .collectAsList());
  }

  /** Tells whether a small table has other rows in these columns. */
  public static String digest(Dataset<Row> rows, List<String> columns) {
    Row found =
        rows.agg(
                count(lit(1)),
                sum(
                    xxhash64(columns.stream().map(name -> col(name)).toArray(Column[]::new))
                        .cast("decimal(38,0)")))
            .head();
    return Stream.of(0, 1).map(i -> String.valueOf(found.get(i))).toList().toString();
  }
}
