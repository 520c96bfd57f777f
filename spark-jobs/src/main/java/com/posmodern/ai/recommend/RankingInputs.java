package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CONFIDENCE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.recommend.BlockedRanking.PURCHASED;
import static com.posmodern.ai.recommend.Catalogue.OFFERED;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The two sides of {@link BlockedRanking} for customers: factors, own purchases, popularity. */
final class RankingInputs {
  private static final String MOST = "most";

  private RankingInputs() {}

  /**
   * One row per customer asked for.
   *
   * @param customers customer_index
   * @param factors customer_index, factors
   * @param interactions customer_index, product_index, confidence
   */
  static Dataset<Row> customers(
      Dataset<Row> customers, Dataset<Row> factors, Dataset<Row> interactions) {
    Dataset<Row> purchases =
        interactions
            .groupBy(CUSTOMER_INDEX)
            .agg(
                collect_list(
                        struct(
                            col(PRODUCT_INDEX),
                            // The second purchase tells more than the tenth.
                            col(CONFIDENCE).divide(col(CONFIDENCE).plus(1)).as(SCORE)))
                    .as(PURCHASED));
    return customers
        .select(CUSTOMER_INDEX)
        .join(factors, new String[] {CUSTOMER_INDEX}, "left")
        .join(purchases, new String[] {CUSTOMER_INDEX}, "left");
  }

  /**
   * One row per product that may be offered.
   *
   * @param catalogue as of {@link Catalogue}, and product_index
   * @param factors product_index, factors
   * @param interactions customer_index, product_index, confidence
   */
  static Dataset<Row> products(
      Dataset<Row> catalogue, Dataset<Row> factors, Dataset<Row> interactions) {
    Dataset<Row> popularity =
        interactions.groupBy(PRODUCT_INDEX).agg(sum(CONFIDENCE).as(CONFIDENCE));
    Dataset<Row> most = popularity.agg(max(CONFIDENCE).as(MOST));
    return catalogue
        .where(col(OFFERED))
        .join(factors, new String[] {PRODUCT_INDEX}, "left")
        .join(popularity, new String[] {PRODUCT_INDEX}, "left")
        .crossJoin(most)
        .select(
            col(PRODUCT_INDEX),
            col(FACTORS),
            col(CATEGORY),
            coalesce(col(CONFIDENCE).divide(col(MOST)), lit(0.0)).as(SCORE));
  }
}
