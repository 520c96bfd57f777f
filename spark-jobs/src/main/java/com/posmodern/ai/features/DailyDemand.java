package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.DISCOUNT_RATE;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Demand per store, product and store-local business date, for the days on which something
 * happened: a line was booked, or the stock ran out.
 *
 * <p>A row describes its own day only: no price is carried forward, no age is counted. So a day is
 * recomputed from the lines of that day alone, and a series that sells twice a year has two rows a
 * year. What lies between, days of zero demand at the last known price, is made where a series is
 * assembled; {@link SeriesLife} says from when to when. A promotion is an interval, not a day, and
 * stays one: it meets the series there, too, since one that holds in every store for ever would be
 * a row for every day of every series.
 */
public final class DailyDemand {
  private static final String SOLD = "_sold";
  private static final String SHELF_VALUE = "_shelf_value";
  private static final String DISCOUNTS = "_discounts";

  private DailyDemand() {}

  /**
   * {@code features.daily_demand}.
   *
   * @param accepted accepted sales, of each day all lines or none
   * @param inventory stock per day; without it no day is sold out
   */
  public static Dataset<Row> of(Dataset<Row> accepted, Optional<Dataset<Row>> inventory) {
    Dataset<Row> lines = lines(accepted);
    Dataset<Row> events =
        inventory.map(stock -> lines.unionByName(soldOutDays(stock))).orElse(lines);
    // Summed within each task before the days meet: nothing is shuffled line by line.
    // Sums of lines are rounded to what lines are counted in: equal in any order of addition.
    Dataset<Row> days =
        events
            .groupBy(col(STORE_ID), col(PRODUCT_ID), col(BUSINESS_DATE))
            .agg(
                round(sum(col(SOLD)), 3).as(SOLD),
                round(sum(col(RETURNED)), 3).as(RETURNED),
                round(sum(col(REVENUE)), 2).as(REVENUE),
                round(sum(col(SHELF_VALUE)), 5).as(SHELF_VALUE),
                round(sum(col(DISCOUNTS)), 2).as(DISCOUNTS),
                max(col(ON_PROMOTION)).as(ON_PROMOTION),
                max(col(STOCK_OUT)).as(STOCK_OUT));
    return days.select(
        col(STORE_ID),
        col(PRODUCT_ID),
        col(BUSINESS_DATE),
        round(greatest(col(SOLD).minus(col(RETURNED)), lit(0.0)), 3).as(DEMAND),
        col(RETURNED),
        col(REVENUE),
        when(col(SOLD).gt(0), round(col(SHELF_VALUE).divide(col(SOLD)), 4)).as(UNIT_PRICE),
        when(
                col(SHELF_VALUE).gt(0),
                round(least(col(DISCOUNTS).divide(col(SHELF_VALUE)), lit(1.0)), 6))
            .otherwise(0.0)
            .as(DISCOUNT_RATE),
        col(ON_PROMOTION),
        col(STOCK_OUT));
  }

  private static Dataset<Row> lines(Dataset<Row> accepted) {
    Column isSale = col(QUANTITY).gt(0);
    return accepted.select(
        col(STORE_ID),
        col(PRODUCT_ID),
        col(BUSINESS_DATE),
        when(isSale, col(QUANTITY)).otherwise(0.0).as(SOLD),
        when(isSale, 0.0).otherwise(negate(col(QUANTITY))).as(RETURNED),
        col(REVENUE),
        when(isSale, col(QUANTITY).multiply(col(UNIT_PRICE))).otherwise(0.0).as(SHELF_VALUE),
        when(isSale, col(DISCOUNT)).otherwise(0.0).as(DISCOUNTS),
        isSale.and(col(PROMOTION_ID).isNotNull()).as(ON_PROMOTION),
        lit(false).as(STOCK_OUT));
  }

  private static Dataset<Row> soldOutDays(Dataset<Row> inventory) {
    return inventory
        .filter(col(STOCK_OUT))
        .select(
            col(STORE_ID),
            col(PRODUCT_ID),
            col(BUSINESS_DATE),
            lit(0.0).as(SOLD),
            lit(0.0).as(RETURNED),
            lit(0.0).as(REVENUE),
            lit(0.0).as(SHELF_VALUE),
            lit(0.0).as(DISCOUNTS),
            lit(false).as(ON_PROMOTION),
            lit(true).as(STOCK_OUT));
  }
}
