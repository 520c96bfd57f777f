package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.LISTED_FROM;
import static com.posmodern.ai.contract.Columns.LISTED_UNTIL;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Wildcard.ALL;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * {@code source.assortment}: which store lists which product, from when until when. A row of every
 * store holds in each, and a row without an end lasts until {@link #NEVER}.
 */
public final class ListedProducts {
  /** A product's listings: an array of store_id, listed_from and listed_until. */
  public static final String LISTINGS = "_listings";

  /** The last day of what has no end. */
  public static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

  private ListedProducts() {}

  /**
   * One row per listing of a product in a store: store_id, product_id, listed_from, listed_until.
   */
  public static Dataset<Row> byStore(Dataset<Row> assortment, Dataset<Row> stores) {
    Dataset<Row> listings =
        assortment.select(col(STORE_ID), col(PRODUCT_ID), col(LISTED_FROM), listedUntil());
    Dataset<Row> everywhere =
        listings
            .where(col(STORE_ID).equalTo(ALL))
            .drop(STORE_ID)
            .crossJoin(broadcast(stores.select(STORE_ID)));
    return listings.where(col(STORE_ID).notEqual(ALL)).unionByName(everywhere);
  }

  /** One row per product with its {@link #LISTINGS}, to be joined to series: see {@link #in}. */
  public static Dataset<Row> byProduct(Dataset<Row> assortment) {
    return assortment
        .groupBy(PRODUCT_ID)
        .agg(collect_list(struct(col(STORE_ID), col(LISTED_FROM), listedUntil())).as(LISTINGS));
  }

  /** Of a product's {@link #LISTINGS} those that hold in the store. */
  public static Column in(Column store) {
    return filter(
        col(LISTINGS),
        one -> one.getField(STORE_ID).equalTo(ALL).or(one.getField(STORE_ID).equalTo(store)));
  }

  private static Column listedUntil() {
    return coalesce(col(LISTED_UNTIL), lit(NEVER)).as(LISTED_UNTIL);
  }
}
