package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What customers bought in the days after a date: segments as of that date are judged by it. */
public final class NextPurchases {
  private NextPurchases() {}

  /**
   * The customers with what they bought in the days after.
   *
   * @param customers one row per customer_id, as of {@code after}
   * @param accepted lines of customers who may be profiled, or of more
   * @param products one row per product
   * @param last day that counts, after {@code after}
   * @param spend name of the column for revenue minus returns; null for customers who bought
   *     nothing
   * @param lines name of the column for the map of categories to lines bought; likewise null
   */
  public static Dataset<Row> joined(
      Dataset<Row> customers,
      Dataset<Row> accepted,
      Dataset<Row> products,
      LocalDate after,
      LocalDate last,
      String spend,
      String lines) {
    Dataset<Row> perCategory =
        accepted
            .where(
                col(CUSTOMER_ID)
                    .isNotNull()
                    .and(col(BUSINESS_DATE).gt(lit(after)))
                    .and(col(BUSINESS_DATE).leq(lit(last))))
            .join(
                broadcast(products.select(PRODUCT_ID, CATEGORY)), new String[] {PRODUCT_ID}, "left")
            .groupBy(
                col(CUSTOMER_ID),
                coalesce(col(CATEGORY), lit(ProductFeatures.UNKNOWN)).as(CATEGORY))
            .agg(
                count_if(col(QUANTITY).gt(0)).cast("double").as(lines),
                sum(col(REVENUE)).as(spend));
    Dataset<Row> bought =
        perCategory
            .groupBy(col(CUSTOMER_ID))
            .agg(
                round(sum(col(spend)), 2).as(spend),
                map_from_entries(
                        sort_array(
                            collect_list(
                                when(col(lines).gt(0), struct(col(CATEGORY), col(lines))))))
                    .as(lines));
    return customers.join(bought, new String[] {CUSTOMER_ID}, "left");
  }
}
