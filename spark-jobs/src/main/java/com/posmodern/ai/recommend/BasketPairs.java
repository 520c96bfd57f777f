package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.LIFT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SIMILAR_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SUPPORT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products that are bought together more often than expected by chance. */
public final class BasketPairs {
  /** Normalised pointwise mutual information of the pair (Bouma 2009), above 0 to 1. */
  public static final String AFFINITY = "affinity";

  private static final String BASKET = "basket";
  private static final String BASKETS = "baskets";
  private static final String PLACE = "place";
  private static final String FIRST_BASKETS = "first_baskets";
  private static final String SECOND_BASKETS = "second_baskets";

  private BasketPairs() {}

  /**
   * One row per ordered pair with enough support and a lift above one.
   *
   * @param sales sale_id, product_id, quantity; returned lines are ignored
   * @param maxBasketProducts of a larger basket only this many products are used, sampled by a
   *     hash: a giant basket says little, and the number of its pairs grows with the square of its
   *     size
   * @param minSupport minimum number of baskets with both products
   * @return product_id, similar_product_id, support (baskets), lift, {@link #AFFINITY}
   */
  public static Dataset<Row> of(Dataset<Row> sales, int maxBasketProducts, long minSupport) {
    Dataset<Row> baskets = baskets(sales, maxBasketProducts);
    Dataset<Row> perProduct =
        baskets
            .select(explode(col(BASKET)).as(PRODUCT_ID))
            .groupBy(PRODUCT_ID)
            .agg(count(lit(1)).as(FIRST_BASKETS));
    Dataset<Row> perSecond =
        perProduct.select(
            col(PRODUCT_ID).as(SIMILAR_PRODUCT_ID), col(FIRST_BASKETS).as(SECOND_BASKETS));
    Dataset<Row> pairs =
        baskets
            .where(size(col(BASKET)).gt(1))
            .select(col(BASKET), posexplode(col(BASKET)).as(new String[] {PLACE, PRODUCT_ID}))
            .select(
                col(PRODUCT_ID),
                explode(expr("slice(%1$s, %2$s + 2, size(%1$s))".formatted(BASKET, PLACE)))
                    .as(SIMILAR_PRODUCT_ID))
            .groupBy(PRODUCT_ID, SIMILAR_PRODUCT_ID)
            .agg(count(lit(1)).as(SUPPORT))
            .where(col(SUPPORT).geq(minSupport));
    Column both = col(SUPPORT).divide(col(BASKETS));
    Column lift =
        col(SUPPORT).divide(col(FIRST_BASKETS)).multiply(col(BASKETS).divide(col(SECOND_BASKETS)));
    Dataset<Row> oneWay =
        pairs
            .join(perProduct, PRODUCT_ID)
            .join(perSecond, SIMILAR_PRODUCT_ID)
            .crossJoin(broadcast(baskets.agg(count(lit(1)).as(BASKETS))))
            .withColumn(LIFT, lift)
            .where(col(LIFT).gt(1))
            .select(
                col(PRODUCT_ID),
                col(SIMILAR_PRODUCT_ID),
                col(SUPPORT),
                col(LIFT),
                log(col(LIFT)).divide(log(both).multiply(-1)).as(AFFINITY));
    return oneWay.union(
        oneWay.select(
            col(SIMILAR_PRODUCT_ID), col(PRODUCT_ID), col(SUPPORT), col(LIFT), col(AFFINITY)));
  }

  /**
   * One row per receipt: its distinct products, sorted so that each pair occurs in one order only.
   */
  private static Dataset<Row> baskets(Dataset<Row> sales, int maxBasketProducts) {
    Column drawn =
        struct(xxhash64(col(SALE_ID), col(PRODUCT_ID)).as(PLACE), col(PRODUCT_ID).as(PRODUCT_ID));
    return sales
        .where(col(QUANTITY).gt(0))
        .groupBy(SALE_ID)
        .agg(collect_set(drawn).as(BASKET))
        .select(
            expr("sort_array(slice(sort_array(%1$s), 1, %2$d).%3$s)"
                    .formatted(BASKET, maxBasketProducts, PRODUCT_ID))
                .as(BASKET));
  }
}
