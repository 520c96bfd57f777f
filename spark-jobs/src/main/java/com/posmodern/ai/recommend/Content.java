package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BRAND;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.FROM_CONTENT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SIMILAR_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.contract.Columns.VELOCITY_84;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Content similarity of products, for products that have not been bought yet: same category or at
 * least department, same brand, similar price.
 *
 * <p>A product is compared only with the best sellers of its category and department, so the number
 * of pairs grows linearly with the number of products.
 */
public final class Content {
  /** Content similarity of two products, 0 to 1. */
  public static final String LIKENESS = "likeness";

  private static final int NEAREST = 8;
  private static final String PLACE = "place";
  private static final String VALUE = "value";
  private static final String AT = "at";

  private Content() {}

  /**
   * One row per pair of product and similar product.
   *
   * @param products product_id, category, department, brand, unit_price
   * @param pool the products to compare with; the same columns and velocity_84
   * @param perGroup number of best sellers per category, and per department, to compare with
   * @return product_id, similar_product_id, {@link #LIKENESS}
   */
  public static Dataset<Row> neighbours(Dataset<Row> products, Dataset<Row> pool, int perGroup) {
    Dataset<Row> inCategory = pairs(products, pool, perGroup, CATEGORY);
    Dataset<Row> inDepartment = pairs(products, pool, perGroup, DEPARTMENT);
    return inCategory
        .union(inDepartment)
        .groupBy(PRODUCT_ID, SIMILAR_PRODUCT_ID)
        .agg(max(LIKENESS).as(LIKENESS));
  }

  /**
   * The factors of every product: its own if it was bought, otherwise the mean of the nearest by
   * content. A product without neighbours is left out.
   *
   * @param catalogue as of {@link Catalogue}
   * @param factors product_id, factors of the products with purchases
   * @return product_id, factors, from_content
   */
  public static Dataset<Row> complete(Dataset<Row> catalogue, Dataset<Row> factors, int perGroup) {
    Dataset<Row> known = catalogue.join(factors.select(PRODUCT_ID), PRODUCT_ID, "left_semi");
    Dataset<Row> unknown = catalogue.join(factors.select(PRODUCT_ID), PRODUCT_ID, "left_anti");
    Column nearest =
        row_number()
            .over(
                Window.partitionBy(PRODUCT_ID)
                    .orderBy(col(LIKENESS).desc(), col(SIMILAR_PRODUCT_ID)));
    Dataset<Row> borrowed =
        neighbours(unknown, known, perGroup)
            .withColumn(PLACE, nearest)
            .where(col(PLACE).leq(NEAREST))
            .join(
                factors.select(col(PRODUCT_ID).as(SIMILAR_PRODUCT_ID), col(FACTORS)),
                SIMILAR_PRODUCT_ID)
            .select(col(PRODUCT_ID), posexplode(col(FACTORS)).as(new String[] {AT, VALUE}))
            .groupBy(PRODUCT_ID, AT)
            .agg(avg(VALUE).cast("float").as(VALUE))
            .groupBy(PRODUCT_ID)
            .agg(sort_array(collect_list(struct(AT, VALUE))).as(FACTORS))
            .select(
                col(PRODUCT_ID),
                transform(col(FACTORS), pair -> pair.getField(VALUE)).as(FACTORS),
                lit(true).as(FROM_CONTENT));
    return factors
        .select(col(PRODUCT_ID), col(FACTORS), lit(false).as(FROM_CONTENT))
        .union(borrowed);
  }

  private static Dataset<Row> pairs(
      Dataset<Row> products, Dataset<Row> pool, int perGroup, String group) {
    Column bySales =
        row_number()
            .over(Window.partitionBy(group).orderBy(col(VELOCITY_84).desc(), col(PRODUCT_ID)));
    Dataset<Row> bestSellers =
        pool.withColumn(PLACE, bySales).where(col(PLACE).leq(perGroup)).drop(PLACE).alias("b");
    Dataset<Row> looked = products.alias("a");
    return looked
        .join(bestSellers, col("a." + group).equalTo(col("b." + group)))
        .where(col("a." + PRODUCT_ID).notEqual(col("b." + PRODUCT_ID)))
        .select(
            col("a." + PRODUCT_ID).as(PRODUCT_ID),
            col("b." + PRODUCT_ID).as(SIMILAR_PRODUCT_ID),
            likeness().as(LIKENESS));
  }

  /**
   * Weights: one half for the category, one quarter each for the brand and for the ratio of the
   * prices.
   */
  private static Column likeness() {
    Column price = abs(log(col("a." + UNIT_PRICE)).minus(log(col("b." + UNIT_PRICE))));
    return when(col("a." + CATEGORY).equalTo(col("b." + CATEGORY)), 0.5)
        .otherwise(0.0)
        .plus(when(col("a." + BRAND).equalTo(col("b." + BRAND)), 0.25).otherwise(0.0))
        .plus(coalesce(exp(price.multiply(-1)), lit(0.0)).multiply(0.25));
  }
}
