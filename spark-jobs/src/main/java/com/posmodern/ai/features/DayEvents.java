package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What happened to a product in a store on a day: a line was booked, a promotion held, the stock
 * ran out. Several rows per store, product and day; the measures of {@code daily_demand}, not yet
 * summed.
 */
final class DayEvents {
  /** 1 for a sales line, 0 for other events. */
  static final String LINES = "_lines";

  /** Units sold, returns not taken off. */
  static final String SOLD = "_sold";

  /** Shelf price of the units sold, before discounts. */
  static final String SHELF_VALUE = "_shelf_value";

  /** Discounts on the units sold. */
  static final String DISCOUNTS = "_discounts";

  private DayEvents() {}

  static Dataset<Row> of(
      Dataset<Row> accepted,
      Optional<Dataset<Row>> promotions,
      Optional<Dataset<Row>> inventory,
      LocalDate asOf) {
    Dataset<Row> known = accepted.filter(col(BUSINESS_DATE).leq(lit(asOf)));
    Dataset<Row> events = lines(known);
    if (promotions.isPresent()) {
      Dataset<Row> stores = known.select(col(STORE_ID)).distinct();
      events = events.unionByName(promotedDays(promotions.get(), stores, asOf));
    }
    if (inventory.isPresent()) {
      events = events.unionByName(soldOutDays(inventory.get(), asOf));
    }
    return events;
  }

  private static Dataset<Row> lines(Dataset<Row> accepted) {
    Column isSale = col(QUANTITY).gt(0);
    return accepted.select(
        col(STORE_ID),
        col(PRODUCT_ID),
        col(BUSINESS_DATE),
        lit(1L).as(LINES),
        when(isSale, col(QUANTITY)).otherwise(0.0).as(SOLD),
        when(isSale, 0.0).otherwise(negate(col(QUANTITY))).as(RETURNED),
        col(REVENUE),
        when(isSale, col(QUANTITY).multiply(col(UNIT_PRICE))).otherwise(0.0).as(SHELF_VALUE),
        when(isSale, col(DISCOUNT)).otherwise(0.0).as(DISCOUNTS),
        isSale.and(col(PROMOTION_ID).isNotNull()).as(ON_PROMOTION),
        lit(false).as(STOCK_OUT));
  }

  /** Promotions without a store hold in every store. */
  private static Dataset<Row> promotedDays(
      Dataset<Row> promotions, Dataset<Row> stores, LocalDate asOf) {
    Dataset<Row> days =
        promotions
            .filter(col(STARTS_ON).leq(lit(asOf)).and(col(STARTS_ON).leq(col(ENDS_ON))))
            .withColumn(
                BUSINESS_DATE, explode(sequence(col(STARTS_ON), least(col(ENDS_ON), lit(asOf)))));
    Dataset<Row> ofOneStore = days.filter(col(STORE_ID).isNotNull());
    Dataset<Row> ofAllStores =
        days.filter(col(STORE_ID).isNull()).drop(STORE_ID).crossJoin(broadcast(stores));
    return withoutLines(ofOneStore.unionByName(ofAllStores), true, false);
  }

  private static Dataset<Row> soldOutDays(Dataset<Row> inventory, LocalDate asOf) {
    return withoutLines(
        inventory.filter(col(STOCK_OUT).and(col(BUSINESS_DATE).leq(lit(asOf)))), false, true);
  }

  private static Dataset<Row> withoutLines(
      Dataset<Row> days, boolean onPromotion, boolean stockOut) {
    return days.select(
        col(STORE_ID),
        col(PRODUCT_ID),
        col(BUSINESS_DATE),
        lit(0L).as(LINES),
        lit(0.0).as(SOLD),
        lit(0.0).as(RETURNED),
        lit(0.0).as(REVENUE),
        lit(0.0).as(SHELF_VALUE),
        lit(0.0).as(DISCOUNTS),
        lit(onPromotion).as(ON_PROMOTION),
        lit(stockOut).as(STOCK_OUT));
  }
}
