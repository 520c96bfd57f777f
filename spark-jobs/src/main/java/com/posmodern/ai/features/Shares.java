package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CATEGORY_SHARES;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DEPARTMENT_SHARES;
import static com.posmodern.ai.contract.Columns.DISTINCT_PRODUCTS;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform_values;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Shares of a customer's lines by department and by category. */
final class Shares {
  private static final String LINES = "_lines";
  private static final String PRODUCTS = "_products";
  private static final String LEVEL = "_level";
  private static final String NAME = "_name";

  private Shares() {}

  /**
   * Per customer {@code distinct_products}, {@code department_shares} and {@code category_shares}.
   *
   * @param purchases lines sold, with the product's category and department
   */
  static Dataset<Row> of(Dataset<Row> purchases) {
    Dataset<Row> perProduct =
        purchases
            .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID))
            .agg(
                count(lit(1)).as(LINES),
                min(col(CATEGORY)).as(CATEGORY),
                min(col(DEPARTMENT)).as(DEPARTMENT));
    Dataset<Row> perPlace =
        perProduct
            .withColumn(LEVEL, explode(array(lit(CATEGORY), lit(DEPARTMENT))))
            .groupBy(
                col(CUSTOMER_ID),
                col(LEVEL),
                coalesce(
                        when(col(LEVEL).equalTo(CATEGORY), col(CATEGORY))
                            .otherwise(col(DEPARTMENT)),
                        lit(ProductFeatures.UNKNOWN))
                    .as(NAME))
            .agg(sum(col(LINES)).as(LINES), count(lit(1)).as(PRODUCTS));
    Column ofCategories = col(LEVEL).equalTo(CATEGORY);
    Dataset<Row> perCustomer =
        perPlace
            .groupBy(col(CUSTOMER_ID))
            .agg(
                sum(when(ofCategories, col(PRODUCTS))).cast("double").as(DISTINCT_PRODUCTS),
                sum(when(ofCategories, col(LINES))).as(LINES),
                lines(DEPARTMENT).as(DEPARTMENT_SHARES),
                lines(CATEGORY).as(CATEGORY_SHARES));
    return perCustomer.select(
        col(CUSTOMER_ID),
        col(DISTINCT_PRODUCTS),
        shares(DEPARTMENT_SHARES).as(DEPARTMENT_SHARES),
        shares(CATEGORY_SHARES).as(CATEGORY_SHARES));
  }

  /** Customers with their shares; they are empty for customers who bought nothing. */
  static Dataset<Row> joined(Dataset<Row> customers, Dataset<Row> shares) {
    Column none = map().cast(DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType));
    return customers
        .join(shares, new String[] {CUSTOMER_ID}, "left")
        .withColumn(DISTINCT_PRODUCTS, coalesce(col(DISTINCT_PRODUCTS), lit(0.0)))
        .withColumn(DEPARTMENT_SHARES, coalesce(col(DEPARTMENT_SHARES), none))
        .withColumn(CATEGORY_SHARES, coalesce(col(CATEGORY_SHARES), none));
  }

  /** Map of the level's names to lines; sorted, so that a second run writes equal rows. */
  private static Column lines(String level) {
    return map_from_entries(
        sort_array(collect_list(when(col(LEVEL).equalTo(level), struct(col(NAME), col(LINES))))));
  }

  private static Column shares(String map) {
    return transform_values(col(map), (name, lines) -> lines.divide(col(LINES)));
  }
}
