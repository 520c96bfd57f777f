package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.recommend.BlockedRanking.Limits;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The published list of every known customer. */
public final class Recommendations {
  private Recommendations() {}

  /**
   * The champion as its tables hold it.
   *
   * @param customerIndex customer_id, customer_index
   * @param productIndex product_id, product_index
   * @param customerFactors customer_id, factors
   * @param productFactors product_id, factors
   */
  public record Model(
      Dataset<Row> customerIndex,
      Dataset<Row> productIndex,
      Dataset<Row> customerFactors,
      Dataset<Row> productFactors,
      Mixture blend) {}

  /**
   * One row per customer and rank: the blend for customers whom the model knows.
   *
   * @param interactions features.purchase_interactions; customers that it does not have get no row
   * @param catalogue as of {@link Catalogue}
   * @param similar results.similar_products, for the reasons
   * @return customer_id, rank, product_id, score, reason
   */
  public static Dataset<Row> personal(
      Model model,
      Dataset<Row> interactions,
      Dataset<Row> catalogue,
      Optional<Dataset<Row>> similar,
      RecommendSettings settings) {
    Dataset<Row> indexed =
        interactions
            .join(broadcast(model.productIndex()), PRODUCT_ID)
            .join(model.customerIndex(), CUSTOMER_ID);
    Dataset<Row> customers =
        RankingInputs.customers(
                indexed.select(CUSTOMER_INDEX).distinct(),
                model
                    .customerFactors()
                    .join(model.customerIndex(), CUSTOMER_ID)
                    .select(CUSTOMER_INDEX, FACTORS),
                indexed)
            .where(col(FACTORS).isNotNull());
    Dataset<Row> products =
        RankingInputs.products(
            catalogue.join(model.productIndex(), PRODUCT_ID),
            model
                .productFactors()
                .join(model.productIndex(), PRODUCT_ID)
                .select(PRODUCT_INDEX, FACTORS),
            indexed);
    Limits limits =
        new Limits(
            settings.listLength(),
            settings.rules().maxPerCategory(),
            settings.rules().excludeAlreadyBought());
    Dataset<Row> lists =
        BlockedRanking.rank(customers, products, List.of(model.blend()), limits)
            .join(broadcast(model.productIndex()), PRODUCT_INDEX)
            .join(model.customerIndex(), CUSTOMER_INDEX)
            .select(col(CUSTOMER_ID), col(RANK), col(PRODUCT_ID), round(col(SCORE), 6).as(SCORE));
    return Reasons.explain(lists, interactions, catalogue, similar, settings);
  }

  /**
   * The same popular list for every customer without a list of their own.
   *
   * @param customers customer_id, each once
   * @param served customer_id of those with a list
   * @param popular results.popular_products; the list over every store and segment is taken
   * @return customer_id, rank, product_id, score, reason
   */
  public static Dataset<Row> popular(
      Dataset<Row> customers,
      Dataset<Row> served,
      Dataset<Row> popular,
      RecommendSettings settings) {
    Dataset<Row> list =
        popular
            .where(
                col(STORE_ID)
                    .equalTo(PopularProducts.EVERY_STORE)
                    .and(col(SEGMENT_ID).equalTo(PopularProducts.EVERY_SEGMENT))
                    .and(col(RANK).leq(settings.listLength())))
            .select(col(RANK), col(PRODUCT_ID), col(SCORE), lit(Reasons.POPULAR).as(REASON));
    return customers
        .select(CUSTOMER_ID)
        .join(served.select(CUSTOMER_ID).distinct(), new String[] {CUSTOMER_ID}, "left_anti")
        .crossJoin(broadcast(list))
        .select(CUSTOMER_ID, RANK, PRODUCT_ID, SCORE, REASON);
  }
}
