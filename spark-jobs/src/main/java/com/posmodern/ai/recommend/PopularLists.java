package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.recommend.rank.PersonalLists;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lists for customers without purchases or without consent to profiling. */
public final class PopularLists {
  private static final String KNOWN_STORE = "known_store";

  private PopularLists() {}

  /**
   * The popular products of the customer's home store if it has a full list, otherwise of all
   * stores.
   *
   * @param customers customer_id, home_store_id (nullable), one row per customer
   * @param popular results.popular_products; rows over every segment are taken
   * @param length products in a list
   * @return the columns of {@link PersonalLists#SCHEMA}
   */
  public static Dataset<Row> of(Dataset<Row> customers, Dataset<Row> popular, int length) {
    Dataset<Row> lists =
        popular
            .where(
                col(SEGMENT_ID).equalTo(PopularProducts.EVERY_SEGMENT).and(col(RANK).leq(length)))
            .select(STORE_ID, RANK, PRODUCT_ID, SCORE);
    Dataset<Row> full =
        lists.where(col(RANK).equalTo(length)).select(col(STORE_ID).as(KNOWN_STORE)).distinct();
    Column store = coalesce(col(KNOWN_STORE), lit(PopularProducts.EVERY_STORE));
    return customers
        .join(broadcast(full), col(HOME_STORE_ID).equalTo(col(KNOWN_STORE)), "left")
        .select(col(CUSTOMER_ID), store.as(STORE_ID))
        .join(broadcast(lists), STORE_ID)
        .select(PersonalLists.withoutHistory());
  }
}
