package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple3;

/** Which store has which product, and of which its stock taking found none: a bit for each. */
public final class Assortment implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A product that a store has not sold for this many days counts as not sold there. */
  private static final int SOLD_DAYS = 182;

  private static final String STORE_INDEX = "store_index";
  private static final String HAS = "has";
  private static final String SOLD_OUT = "sold_out";
  private static final String STOCKED = "stocked";

  private final BitSet[] stores;
  private final BitSet[] soldOut;

  /** Per store; null where nothing is known. */
  Assortment(BitSet[] stores, BitSet[] soldOut) {
    this.stores = stores.clone();
    this.soldOut = soldOut.clone();
  }

  /** Without information: every store has every product. */
  static Assortment everything(Products products) {
    return new Assortment(new BitSet[products.stores()], new BitSet[products.stores()]);
  }

  /**
   * Inventory decides if it lists the product in the store, otherwise any sale there within half a
   * year.
   *
   * @param sales product_id, store_id, business_date, quantity
   * @param inventory as in source.inventory_daily; later rows are ignored
   * @param stockedDays number of days for which the last stock count is used
   */
  public static Assortment of(
      Dataset<Row> sales,
      Optional<Dataset<Row>> inventory,
      Products products,
      LocalDate asOf,
      int stockedDays) {
    Dataset<Row> has =
        within(sales, asOf, SOLD_DAYS)
            .where(col(QUANTITY).gt(0))
            .select(col(STORE_ID), col(PRODUCT_ID), lit(true).as(HAS), lit(false).as(SOLD_OUT))
            .distinct();
    if (inventory.isPresent()) {
      Dataset<Row> stock =
          within(inventory.get(), asOf, stockedDays)
              .groupBy(STORE_ID, PRODUCT_ID)
              .agg(max_by(col(ON_HAND), col(BUSINESS_DATE)).gt(0).as(STOCKED));
      has =
          has.join(stock, new String[] {STORE_ID, PRODUCT_ID}, "full")
              .withColumn(HAS, coalesce(col(STOCKED), col(HAS)))
              .withColumn(SOLD_OUT, not(col(HAS)));
    }
    List<Tuple3<Integer, long[], long[]>> found =
        has.join(broadcast(products.productIndex(sales.sparkSession())), PRODUCT_ID)
            .join(broadcast(products.storeIndex(sales.sparkSession(), STORE_INDEX)), STORE_ID)
            .groupBy(STORE_INDEX)
            .agg(
                collect_set(when(col(HAS), col(PRODUCT_INDEX))).as(HAS),
                collect_set(when(col(SOLD_OUT), col(PRODUCT_INDEX))).as(SOLD_OUT))
            .select(STORE_INDEX, HAS, SOLD_OUT)
            .toJavaRDD()
            .map(row -> new Tuple3<>(row.getInt(0), bits(row, 1), bits(row, 2)))
            .collect();
    Assortment assortment = everything(products);
    for (Tuple3<Integer, long[], long[]> store : found) {
      assortment.stores[store._1()] = BitSet.valueOf(store._2());
      assortment.soldOut[store._1()] = BitSet.valueOf(store._3());
    }
    return assortment;
  }

  /** Also true for a store about which nothing is known. */
  boolean has(int store, int product) {
    return store < 0 || stores[store] == null || stores[store].get(product);
  }

  /** Whether the store's own stock taking found none of the product. */
  boolean isSoldOut(int store, int product) {
    return store >= 0 && soldOut[store] != null && soldOut[store].get(product);
  }

  private static Dataset<Row> within(Dataset<Row> rows, LocalDate asOf, int days) {
    return rows.where(
        col(BUSINESS_DATE).leq(lit(asOf)).and(col(BUSINESS_DATE).gt(lit(asOf.minusDays(days)))));
  }

  private static long[] bits(Row row, int column) {
    BitSet bits = new BitSet();
    row.<Integer>getList(column).forEach(bits::set);
    return bits.toLongArray();
  }
}
