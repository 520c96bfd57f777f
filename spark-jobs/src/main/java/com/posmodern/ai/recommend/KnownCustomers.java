package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Everybody to whom something can be recommended: with purchases, or on record as a customer. */
public final class KnownCustomers {
  private KnownCustomers() {}

  /**
   * Joins both sources.
   *
   * @param interactions customer_id; rows without one are ignored
   * @param customers customer_id, home_store_id
   * @return customer_id, home_store_id (null when unknown), one row per customer; empty when the
   *     lake has neither table
   */
  public static Optional<Dataset<Row>> of(
      Optional<Dataset<Row>> interactions, Optional<Dataset<Row>> customers) {
    return Stream.of(
            interactions.map(
                rows -> rows.select(col(CUSTOMER_ID), lit(null).cast("string").as(HOME_STORE_ID))),
            customers.map(rows -> rows.select(CUSTOMER_ID, HOME_STORE_ID)))
        .flatMap(Optional::stream)
        .map(rows -> rows.where(col(CUSTOMER_ID).isNotNull()))
        .reduce(Dataset::union)
        .map(rows -> rows.groupBy(CUSTOMER_ID).agg(max(HOME_STORE_ID).as(HOME_STORE_ID)));
  }
}
