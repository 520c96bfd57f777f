package com.posmodern.ai.quality;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.LINE_NO;
import static com.posmodern.ai.contract.Columns.LOCAL_HOUR;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static com.posmodern.ai.quality.StoreClock.LOCAL_TIME;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hour;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sales lines as read by all later jobs: {@code features.accepted_sales} without its as-of date.
 *
 * <p>Amounts become doubles. Revenue is quantity × unit price less the discount, rounded to the
 * cent as on a receipt: sums of cents do not depend on the order, so a second run gives equal rows.
 * A discount is never negative in the contract; on a return it reduces the refund.
 */
final class AcceptedSales {
  private AcceptedSales() {}

  /** Converts sales lines in scope that broke no rule, with the store's local time. */
  static Dataset<Row> of(Dataset<Row> sound) {
    Column quantity = col(QUANTITY).cast("double");
    Column unitPrice = col(UNIT_PRICE).cast("double");
    Column discount = col(DISCOUNT).cast("double");
    Column direction = when(quantity.lt(0), -1.0).otherwise(1.0);
    return sound.select(
        col(SALE_ID),
        col(LINE_NO),
        col(STORE_ID),
        col(PRODUCT_ID),
        col(CUSTOMER_ID),
        col(SOLD_AT),
        col(LOCAL_DATE).as(BUSINESS_DATE),
        hour(col(LOCAL_TIME)).as(LOCAL_HOUR),
        quantity.as(QUANTITY),
        unitPrice.as(UNIT_PRICE),
        discount.as(DISCOUNT),
        round(quantity.multiply(unitPrice).minus(direction.multiply(discount)), 2).as(REVENUE),
        col(PROMOTION_ID),
        col(CHANNEL));
  }
}
