package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.FACTOR_SIMILARITY;
import static com.posmodern.ai.contract.Columns.FROM_CONTENT;
import static com.posmodern.ai.contract.Columns.LIFT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SIMILAR_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SUPPORT;
import static com.posmodern.ai.recommend.BasketPairs.AFFINITY;
import static com.posmodern.ai.recommend.Catalogue.OFFERED;
import static com.posmodern.ai.recommend.Content.LIKENESS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.RecommendSettings.Similar;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Similar products: by cosine of the ALS factors, by affinity in baskets, and, where both leave a
 * list short, by content.
 */
public final class SimilarProducts {
  /** Model version of rows made without a trained model. */
  public static final String VERSION = "baskets";

  public static final String BOUGHT_TOGETHER = "bought_together";
  public static final String SIMILAR_TASTE = "similar_taste";
  public static final String SAME_CATEGORY = "same_category";

  /** Pairs kept per product and source before blending. */
  private static final int CANDIDATES_PER_LIST = 2;

  private static final String[] PAIR = {PRODUCT_ID, SIMILAR_PRODUCT_ID};
  private static final String UNIT_FACTORS = "unit_factors";
  private static final String OTHER_FACTORS = "other_factors";
  private static final String OTHER_FROM_CONTENT = "other_from_content";

  private SimilarProducts() {}

  /**
   * One row per product and rank, for every product of the catalogue that is similar to an offered
   * one.
   *
   * @param sales sale_id, product_id, quantity, business_date
   * @param catalogue as of {@link Catalogue}
   * @param factors product_id, factors, from_content; empty when no model has been accepted yet
   * @return product_id, rank, similar_product_id, score, factor_similarity, lift, support, reason
   */
  public static Dataset<Row> of(
      Dataset<Row> sales,
      Dataset<Row> catalogue,
      Optional<Dataset<Row>> factors,
      LocalDate asOf,
      Similar settings) {
    Dataset<Row> offered = catalogue.where(col(OFFERED));
    Dataset<Row> baskets = basketPairs(sales, offered, asOf, settings);
    Dataset<Row> content = Content.neighbours(catalogue, offered, settings.contentNeighbours());
    Dataset<Row> pairs = baskets.join(content, PAIR, "full");
    Dataset<Row> compared =
        factors
            .map(f -> withFactors(pairs, unit(f), catalogue, settings))
            .orElseGet(
                () ->
                    pairs
                        .withColumn(FACTOR_SIMILARITY, lit(null).cast("double"))
                        .withColumn(FROM_CONTENT, lit(false)));
    return ranked(compared, settings);
  }

  private static Dataset<Row> basketPairs(
      Dataset<Row> sales, Dataset<Row> offered, LocalDate asOf, Similar settings) {
    Dataset<Row> recent =
        sales.where(
            col(BUSINESS_DATE)
                .leq(lit(asOf))
                .and(col(BUSINESS_DATE).gt(lit(asOf.minusDays(settings.basketDays())))));
    Column best =
        row_number()
            .over(
                Window.partitionBy(PRODUCT_ID)
                    .orderBy(col(AFFINITY).desc(), col(SIMILAR_PRODUCT_ID)));
    return BasketPairs.of(recent, settings.maxBasketProducts(), settings.minSupport())
        .join(offered.select(col(PRODUCT_ID).as(SIMILAR_PRODUCT_ID)), SIMILAR_PRODUCT_ID)
        .withColumn(AFFINITY, round(col(AFFINITY), 6))
        .withColumn(RANK, best)
        .where(col(RANK).leq(CANDIDATES_PER_LIST * settings.listLength()))
        .select(PRODUCT_ID, SIMILAR_PRODUCT_ID, SUPPORT, LIFT, AFFINITY);
  }

  /** Adds the nearest by factors to the pairs, and the cosine to every pair that has one. */
  private static Dataset<Row> withFactors(
      Dataset<Row> pairs, Dataset<Row> unit, Dataset<Row> catalogue, Similar settings) {
    Dataset<Row> left = unit.select(col(PRODUCT_ID), col(UNIT_FACTORS), col(FROM_CONTENT));
    Dataset<Row> right =
        unit.select(
            col(PRODUCT_ID).as(SIMILAR_PRODUCT_ID),
            col(UNIT_FACTORS).as(OTHER_FACTORS),
            col(FROM_CONTENT).as(OTHER_FROM_CONTENT));
    return pairs
        .join(nearest(unit, catalogue, settings), PAIR, "full")
        .join(left, PRODUCT_ID, "left")
        .join(right, SIMILAR_PRODUCT_ID, "left")
        .withColumn(FACTOR_SIMILARITY, cosine())
        .withColumn(
            FROM_CONTENT, coalesce(col(FROM_CONTENT).or(col(OTHER_FROM_CONTENT)), lit(false)))
        .drop(UNIT_FACTORS, OTHER_FACTORS, OTHER_FROM_CONTENT);
  }

  /** The nearest by factors that may be offered. */
  private static Dataset<Row> nearest(Dataset<Row> unit, Dataset<Row> catalogue, Similar settings) {
    return NearestProducts.of(
        unit.join(catalogue.select(PRODUCT_ID, OFFERED), PRODUCT_ID)
            .select(PRODUCT_ID, UNIT_FACTORS, OFFERED),
        CANDIDATES_PER_LIST * settings.listLength());
  }

  /** Factors of length one; products whose factors are all zero are left out. */
  private static Dataset<Row> unit(Dataset<Row> factors) {
    Column length =
        expr("sqrt(aggregate(%s, 0d, (sum, x) -> sum + double(x) * x))".formatted(FACTORS));
    String norm = "norm";
    return factors
        .withColumn(norm, length)
        .where(col(norm).gt(0))
        .select(
            col(PRODUCT_ID),
            expr("transform(%s, x -> float(x / %s))".formatted(FACTORS, norm)).as(UNIT_FACTORS),
            col(FROM_CONTENT));
  }

  private static Column cosine() {
    return expr(
        "round(aggregate(zip_with(%s, %s, (x, y) -> double(x) * y), 0d, (sum, x) -> sum + x), 6)"
            .formatted(UNIT_FACTORS, OTHER_FACTORS));
  }

  private static Dataset<Row> ranked(Dataset<Row> pairs, Similar settings) {
    Column taste =
        greatest(coalesce(col(FACTOR_SIMILARITY), lit(0.0)), lit(0.0))
            .multiply(settings.factorWeight());
    Column together = coalesce(col(AFFINITY), lit(0.0)).multiply(1 - settings.factorWeight());
    Column content = coalesce(col(LIKENESS), lit(0.0)).multiply(settings.contentWeight());
    Column reason =
        when(together.gt(0).and(together.geq(taste)), BOUGHT_TOGETHER)
            .when(taste.gt(content).and(not(col(FROM_CONTENT))), SIMILAR_TASTE)
            .when(together.gt(0), BOUGHT_TOGETHER)
            .otherwise(SAME_CATEGORY);
    Column rank =
        row_number()
            .over(
                Window.partitionBy(PRODUCT_ID).orderBy(col(SCORE).desc(), col(SIMILAR_PRODUCT_ID)));
    return pairs
        .withColumn(SCORE, round(taste.plus(together).plus(content), 6))
        .withColumn(REASON, reason)
        .withColumn(RANK, rank)
        .where(col(RANK).leq(settings.listLength()))
        .select(
            PRODUCT_ID, RANK, SIMILAR_PRODUCT_ID, SCORE, FACTOR_SIMILARITY, LIFT, SUPPORT, REASON);
  }
}
