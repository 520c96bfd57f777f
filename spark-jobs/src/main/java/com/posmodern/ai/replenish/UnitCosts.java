package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a unit of a product costs in purchase, from the terms on which it is ordered. */
public final class UnitCosts {
  private UnitCosts() {}

  /**
   * Rows of store_id, product_id and unit_cost (currency per unit, a double), one per store and
   * product of which it is known.
   *
   * @param sales with store_id and product_id, in any number of rows
   * @param supplyTerms {@code source.supply_terms}; the most specific row that states a cost holds
   */
  public static Dataset<Row> of(Dataset<Row> sales, Dataset<Row> supplyTerms) {
    Dataset<Row> series =
        sales.select(STORE_ID, PRODUCT_ID).distinct().withColumn(PACK_SIZE, lit(null).cast("int"));
    return SupplyTerms.with(series, supplyTerms)
        .select(col(STORE_ID), col(PRODUCT_ID), col(SupplyTerms.term(UNIT_COST)).as(UNIT_COST))
        .where(col(UNIT_COST).isNotNull());
  }
}
