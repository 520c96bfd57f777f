package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.FIRST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.LAST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.contract.Columns.VELOCITY_28;
import static com.posmodern.ai.contract.Columns.VELOCITY_84;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The few columns of features.product_features that {@link Catalogue} reads, as of an earlier date:
 * an evaluation must not use which products were launched, discontinued or sold out during the
 * holdout.
 */
public final class ProductLife {
  private ProductLife() {}

  /**
   * One row per product sold up to the as-of date.
   *
   * @param sales product_id, business_date, quantity, unit_price; later sales are ignored
   * @return product_id, unit_price, velocity_28, velocity_84 (units a day), first_sold_on,
   *     last_sold_on
   */
  public static Dataset<Row> of(Dataset<Row> sales, LocalDate asOf) {
    return sales
        .where(col(BUSINESS_DATE).leq(lit(asOf)).and(col(QUANTITY).gt(0)))
        .groupBy(PRODUCT_ID)
        .agg(
            avg(UNIT_PRICE).as(UNIT_PRICE),
            velocity(asOf, 28).as(VELOCITY_28),
            velocity(asOf, 84).as(VELOCITY_84),
            min(BUSINESS_DATE).as(FIRST_SOLD_ON),
            max(BUSINESS_DATE).as(LAST_SOLD_ON));
  }

  private static Column velocity(LocalDate asOf, int days) {
    Column within = col(BUSINESS_DATE).gt(lit(asOf.minusDays(days)));
    return sum(when(within, col(QUANTITY)).otherwise(0.0)).divide(days);
  }
}
