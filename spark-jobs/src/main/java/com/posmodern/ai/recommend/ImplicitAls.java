package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CONFIDENCE;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.recommend.DenseIndex.CUSTOMER_INDEX;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.RecommendSettings;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Alternating least squares on implicit feedback (Hu, Koren and Volinsky 2008): the preference is
 * one where there is a purchase, weighted by 1 + alpha × confidence.
 */
public final class ImplicitAls {
  private static final String ID = "id";
  private static final String FEATURES = "features";

  /**
   * 60 MB of ratings in a block, in addition to the factors of the other side that a step sends to
   * it.
   */
  private static final long PAIRS_PER_BLOCK = 5_000_000;

  private static final int FEWEST_BLOCKS = 4;
  private static final int MOST_BLOCKS = 1000;

  private ImplicitAls() {}

  /**
   * Both sides of the factorisation.
   *
   * @param customers customer_index, factors
   * @param products product_index, factors; only products with purchases
   */
  public record Factors(Dataset<Row> customers, Dataset<Row> products) {}

  /**
   * Fits on the pairs with a purchase; all others count as weak evidence against.
   *
   * @param interactions customer_index, product_index, confidence; one row per pair
   */
  public static Factors fit(Dataset<Row> interactions, RecommendSettings settings) {
    RecommendSettings.Als parameters = settings.als();
    int blocks = parameters.blocks() > 0 ? parameters.blocks() : blocks(interactions.count());
    ALSModel model =
        new ALS()
            .setImplicitPrefs(true)
            .setUserCol(CUSTOMER_INDEX)
            .setItemCol(PRODUCT_INDEX)
            .setRatingCol(CONFIDENCE)
            .setRank(parameters.rank())
            .setRegParam(parameters.regularisation())
            .setAlpha(parameters.alpha())
            .setMaxIter(settings.als().iterations())
            .setNumBlocks(blocks)
            .setSeed(settings.seed())
            .fit(ordered(interactions, blocks));
    return new Factors(
        model.userFactors().select(col(ID).as(CUSTOMER_INDEX), col(FEATURES).as(FACTORS)),
        model.itemFactors().select(col(ID).as(PRODUCT_INDEX), col(FEATURES).as(FACTORS)));
  }

  /** From the data alone: the factors must not depend on the machine. */
  static int blocks(long pairs) {
    return (int) Math.max(FEWEST_BLOCKS, Math.min(MOST_BLOCKS, pairs / PAIRS_PER_BLOCK));
  }

  /**
   * The order of rows determines the order of additions in ALS, and therefore the last bits of the
   * factors.
   */
  private static Dataset<Row> ordered(Dataset<Row> interactions, int blocks) {
    return interactions
        .select(CUSTOMER_INDEX, PRODUCT_INDEX, CONFIDENCE)
        .repartition(blocks, col(CUSTOMER_INDEX))
        .sortWithinPartitions(CUSTOMER_INDEX, PRODUCT_INDEX);
  }
}
