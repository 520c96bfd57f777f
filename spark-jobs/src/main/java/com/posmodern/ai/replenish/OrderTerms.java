package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.MINIMUM_ORDER;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.PACK_SIZE;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SERVICE_LEVEL;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.ReplenishmentSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** On what terms a product is ordered for a store. */
final class OrderTerms {
  private OrderTerms() {}

  /**
   * Adds lead time, order day, last day covered, pack, smallest order and service level.
   *
   * <p>An order is placed on the morning of {@code order_on} and is on the shelf on the morning
   * lead time days later; the next one follows a review period later. So this one has to last
   * through the day before the next one arrives.
   */
  static Dataset<Row> with(
      Dataset<Row> series, ReplenishmentInput input, ReplenishmentSettings settings) {
    Dataset<Row> packs = input.products().select(PRODUCT_ID, PACK_SIZE).dropDuplicates(PRODUCT_ID);
    return series
        .join(packs, new String[] {PRODUCT_ID}, "left")
        .withColumn(PACK_SIZE, coalesce(col(PACK_SIZE), lit(settings.defaultPackSize())))
        .withColumn(LEAD_TIME, lit(settings.leadTimeDays()))
        .withColumn(ORDER_ON, lit(input.asOf().plusDays(1)))
        .withColumn(
            COVERS_UNTIL,
            lit(input.asOf().plusDays(settings.reviewDays() + settings.leadTimeDays())))
        .withColumn(MINIMUM_ORDER, col(PACK_SIZE).cast("double"))
        .withColumn(SERVICE_LEVEL, lit(settings.serviceLevel()));
  }
}
