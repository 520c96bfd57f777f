package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CONFIDENCE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.LAST_PURCHASED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PURCHASES;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import com.posmodern.ai.config.FeatureSettings;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Implicit confidence that a customer likes a product: one per basket that held it, halved for
 * every half-life of the basket's age.
 *
 * <p>The role of r_ui in Hu, Koren and Volinsky, Collaborative Filtering for Implicit Feedback
 * Datasets (2008). Units bought do not count: twelve cans on one receipt are one choice.
 */
public final class PurchaseInteractions {
  private PurchaseInteractions() {}

  /**
   * {@code features.purchase_interactions} without its as-of date; empty when all sales are
   * anonymous.
   *
   * @param profiling whose sales count
   */
  public static Dataset<Row> of(
      Dataset<Row> accepted, Profiling profiling, FeatureSettings settings, LocalDate asOf) {
    Column age = datediff(lit(asOf), col(BUSINESS_DATE));
    Column weight = pow(lit(2.0), age.divide(-settings.halfLifeDays()));
    return profiling
        .allowed(
            accepted.where(col(CUSTOMER_ID).isNotNull().and(col(BUSINESS_DATE).leq(lit(asOf)))))
        .filter(col(QUANTITY).gt(0))
        .select(col(CUSTOMER_ID), col(PRODUCT_ID), col(SALE_ID), col(BUSINESS_DATE))
        .repartition(col(CUSTOMER_ID), col(PRODUCT_ID))
        .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID), col(SALE_ID))
        .agg(max(col(BUSINESS_DATE)).as(BUSINESS_DATE))
        .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID))
        .agg(
            count(lit(1)).as(PURCHASES),
            max(col(BUSINESS_DATE)).as(LAST_PURCHASED_ON),
            // The last bits depend on the order of addition; a second run must give equal rows.
            round(sum(weight), 9).as(CONFIDENCE));
  }
}
