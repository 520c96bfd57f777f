package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CONFIDENCE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who bought what when, by index, from which the confidences of any as-of date and half-life follow
 * in one pass: the search tries several of each.
 */
final class Interactions {
  private static final String BASKETS = "baskets";

  private Interactions() {}

  /**
   * One row per customer, product and business date with a purchase.
   *
   * @param sales customer_id, product_id, sale_id, business_date, quantity; sales of customers or
   *     products without an index drop out
   * @return customer_index, product_index, business_date, baskets
   */
  static Dataset<Row> daily(
      Dataset<Row> sales, Dataset<Row> customerIndex, Dataset<Row> productIndex) {
    return sales
        .where(col(QUANTITY).gt(0))
        .join(broadcast(productIndex), PRODUCT_ID)
        .join(customerIndex, CUSTOMER_ID)
        .select(CUSTOMER_INDEX, PRODUCT_INDEX, BUSINESS_DATE, SALE_ID)
        // Once by customer: all that is grouped later stays where it is.
        .repartition(col(CUSTOMER_INDEX))
        .groupBy(CUSTOMER_INDEX, PRODUCT_INDEX, BUSINESS_DATE)
        .agg(countDistinct(SALE_ID).as(BASKETS));
  }

  /**
   * Confidence as features.purchase_interactions defines it: sum over baskets of 2^(-age ÷
   * half-life).
   *
   * @return customer_index, product_index, confidence
   */
  static Dataset<Row> confidence(Dataset<Row> daily, LocalDate asOf, double halfLife) {
    Column age = datediff(lit(asOf), col(BUSINESS_DATE));
    Column weight = pow(lit(2.0), age.divide(-halfLife)).multiply(col(BASKETS));
    return daily
        .where(col(BUSINESS_DATE).leq(lit(asOf)))
        .groupBy(CUSTOMER_INDEX, PRODUCT_INDEX)
        .agg(round(sum(weight), 9).as(CONFIDENCE));
  }
}
