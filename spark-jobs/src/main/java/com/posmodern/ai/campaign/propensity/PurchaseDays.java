package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * The days on which customers bought something, whatever the number of receipts: all that the
 * features are made of. A day knows the days since the one before it, and the first of all.
 */
final class PurchaseDays {
  static final String LINES = "_lines";
  static final String PROMOTED = "_promoted";
  static final String DISCOUNTS = "_discounts";
  static final String SHELF_VALUE = "_shelf_value";
  static final String ONLINE = "_online";
  static final String CATEGORIES = "_categories";
  static final String GAP = "_gap";
  static final String FIRST = "_first";

  private static final String UNKNOWN = "UNKNOWN";
  private static final String IN_STORE = "store";

  private PurchaseDays() {}

  /**
   * One row per customer, day and category with a purchase; returns lower the revenue of their own
   * day where something was bought, too.
   *
   * @param lines accepted lines of customers who may be profiled
   * @param products one row per product
   */
  static Dataset<Row> perCategory(Dataset<Row> lines, Dataset<Row> products) {
    var sold = col(QUANTITY).gt(0);
    return lines
        .join(
            broadcast(products.select(col(PRODUCT_ID), col(CATEGORY))),
            new String[] {PRODUCT_ID},
            "left")
        .withColumn(CATEGORY, coalesce(col(CATEGORY), lit(UNKNOWN)))
        // By customer up front: what follows, day by day and cut by cut, shuffles no more.
        .repartition(col(CUSTOMER_ID))
        .groupBy(col(CUSTOMER_ID), col(BUSINESS_DATE), col(CATEGORY))
        .agg(
            count_if(sold).as(LINES),
            count_if(sold.and(col(PROMOTION_ID).isNotNull())).as(PROMOTED),
            round(sum(when(sold, col(DISCOUNT)).otherwise(0.0)), 2).as(DISCOUNTS),
            round(sum(when(sold, col(QUANTITY).multiply(col(UNIT_PRICE))).otherwise(0.0)), 2)
                .as(SHELF_VALUE),
            round(sum(col(REVENUE)), 2).as(REVENUE),
            max(when(col(CHANNEL).notEqual(IN_STORE), 1).otherwise(0)).as(ONLINE),
            min(col(STORE_ID)).as(STORE_ID))
        .where(col(LINES).gt(0));
  }

  /** One row per customer and day. */
  static Dataset<Row> perCustomer(Dataset<Row> perCategory) {
    Dataset<Row> days =
        perCategory
            .groupBy(col(CUSTOMER_ID), col(BUSINESS_DATE))
            .agg(
                sum(col(LINES)).as(LINES),
                sum(col(PROMOTED)).as(PROMOTED),
                round(sum(col(DISCOUNTS)), 2).as(DISCOUNTS),
                round(sum(col(SHELF_VALUE)), 2).as(SHELF_VALUE),
                round(sum(col(REVENUE)), 2).as(REVENUE),
                max(col(ONLINE)).as(ONLINE),
                min(col(STORE_ID)).as(STORE_ID),
                sum(lit(1)).as(CATEGORIES));
    return withGaps(days, Window.partitionBy(col(CUSTOMER_ID)).orderBy(col(BUSINESS_DATE)));
  }

  /** The days of each customer and category, with the gaps between them. */
  static Dataset<Row> gapsOfCategories(Dataset<Row> perCategory) {
    return withGaps(
        perCategory.select(col(CUSTOMER_ID), col(CATEGORY), col(BUSINESS_DATE), col(REVENUE)),
        Window.partitionBy(col(CUSTOMER_ID), col(CATEGORY)).orderBy(col(BUSINESS_DATE)));
  }

  private static Dataset<Row> withGaps(Dataset<Row> days, WindowSpec ordered) {
    return days.withColumn(
            GAP, datediff(col(BUSINESS_DATE), lag(col(BUSINESS_DATE), 1).over(ordered)))
        .withColumn(FIRST, min(col(BUSINESS_DATE)).over(ordered));
  }
}
