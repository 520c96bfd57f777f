package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PURCHASES;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SIMILAR_PRODUCT_ID;
import static com.posmodern.ai.recommend.Catalogue.IS_NEW;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.RecommendSettings;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Why a product is in a customer's list: the first of the reasons that is true. */
final class Reasons {
  static final String BOUGHT_OFTEN = "bought_often";
  static final String NEW_FOR_YOU = "new_for_you";
  static final String GOES_WITH_PURCHASES = "goes_with_purchases";
  static final String SIMILAR_TASTE = "similar_taste";
  static final String POPULAR = "popular";

  /** Only a product's closest companions make a reason that a customer would believe. */
  private static final int COMPANIONS = 5;

  private static final String GOES_WITH = "goes_with";

  private Reasons() {}

  /**
   * Adds the reason: bought often, new, a companion of something bought, else similar taste.
   *
   * @param lists customer_id, rank, product_id, score
   * @param interactions customer_id, product_id, purchases
   * @param similar product_id, rank, similar_product_id, reason
   */
  static Dataset<Row> explain(
      Dataset<Row> lists,
      Dataset<Row> interactions,
      Dataset<Row> catalogue,
      Optional<Dataset<Row>> similar,
      RecommendSettings settings) {
    Dataset<Row> known =
        lists
            .join(
                interactions.select(CUSTOMER_ID, PRODUCT_ID, PURCHASES),
                new String[] {CUSTOMER_ID, PRODUCT_ID},
                "left")
            .join(broadcast(catalogue.select(PRODUCT_ID, IS_NEW)), PRODUCT_ID);
    Column often = coalesce(col(PURCHASES), lit(0)).geq(settings.boughtOftenPurchases());
    Column goesWith = lit(false);
    if (similar.isPresent()) {
      known =
          known.join(
              companions(lists, interactions, similar.get()),
              new String[] {CUSTOMER_ID, PRODUCT_ID},
              "left");
      goesWith = coalesce(col(GOES_WITH), lit(false));
    }
    return known.select(
        col(CUSTOMER_ID),
        col(RANK),
        col(PRODUCT_ID),
        col(SCORE),
        when(often, BOUGHT_OFTEN)
            .when(col(IS_NEW), NEW_FOR_YOU)
            .when(goesWith, GOES_WITH_PURCHASES)
            .otherwise(SIMILAR_TASTE)
            .as(REASON));
  }

  /** Listed products that are often in one basket with something the customer bought. */
  private static Dataset<Row> companions(
      Dataset<Row> lists, Dataset<Row> interactions, Dataset<Row> similar) {
    Dataset<Row> pairs =
        similar
            .where(
                col(REASON).equalTo(SimilarProducts.BOUGHT_TOGETHER).and(col(RANK).leq(COMPANIONS)))
            .select(PRODUCT_ID, SIMILAR_PRODUCT_ID);
    return interactions
        .select(CUSTOMER_ID, PRODUCT_ID)
        .join(broadcast(pairs), PRODUCT_ID)
        .select(col(CUSTOMER_ID), col(SIMILAR_PRODUCT_ID).as(PRODUCT_ID))
        .join(
            lists.select(CUSTOMER_ID, PRODUCT_ID),
            new String[] {CUSTOMER_ID, PRODUCT_ID},
            "left_semi")
        .distinct()
        .withColumn(GOES_WITH, lit(true));
  }
}
