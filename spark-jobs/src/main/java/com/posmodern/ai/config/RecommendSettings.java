package com.posmodern.ai.config;

import java.util.List;

/**
 * Section {@code recommend}: what is recommended to whom, and how the model is trained and
 * evaluated.
 *
 * @param listLength products in a customer's list, and the longest K of the metrics
 * @param holdoutDays last days held out from training for evaluation
 * @param minimumCustomers with fewer identified customers than this no model is trained
 * @param minimumInteractions with fewer customer-product pairs than this no model is trained
 * @param evaluationCustomers maximum number of customers on whose held-out purchases the lists are
 *     evaluated
 * @param boughtOftenPurchases number of baskets from which a product counts as bought often
 * @param seed of the factors and of every sample
 */
public record RecommendSettings(
    int listLength,
    int holdoutDays,
    long minimumCustomers,
    long minimumInteractions,
    int evaluationCustomers,
    int boughtOftenPurchases,
    long seed,
    Ranker ranker,
    Als als,
    Rules rules,
    Similar similar,
    Popular popular) {

  public RecommendSettings {
    require(listLength >= 1, "list_length must be at least 1");
    require(holdoutDays >= 1, "holdout_days must be at least 1");
    require(minimumCustomers >= 1, "minimum_customers must be at least 1");
    require(minimumInteractions >= 1, "minimum_interactions must be at least 1");
    require(evaluationCustomers >= 1, "evaluation_customers must be at least 1");
    require(boughtOftenPurchases >= 1, "bought_often_purchases must be at least 1");
  }

  /**
   * The learned ranking of a customer's candidates.
   *
   * @param poolCustomers maximum number of customers that the driver holds in memory: product
   *     statistics, neighbours and training rows come from them
   * @param historyDays days of purchases to use
   * @param maxPurchases maximum number of a customer's newest purchases to use
   * @param cuts number of past cut-off days to train on; they are as many days apart as the holdout
   *     is long
   * @param trainingRows approximate number of candidates to train on
   * @param minimumPurchases with fewer purchases to learn from, a fixed blend of scores ranks
   *     instead of the trained model
   * @param objective binary:logistic or rank:ndcg
   * @param threads training threads; a different number changes the last bits of the result
   */
  public record Ranker(
      int poolCustomers,
      int historyDays,
      int maxPurchases,
      int cuts,
      int trainingRows,
      long minimumPurchases,
      String objective,
      int rounds,
      int maxDepth,
      double eta,
      double subsample,
      double columnSample,
      double minChildWeight,
      int maxBins,
      int threads) {
    public Ranker {
      require(poolCustomers >= 1, "pool_customers must be at least 1");
      require(historyDays >= 1, "history_days must be at least 1");
      require(maxPurchases >= 1, "max_purchases must be at least 1");
      require(cuts >= 1, "cuts must be at least 1");
      require(trainingRows >= 1000, "training_rows must be at least 1000");
      require(minimumPurchases >= 1, "minimum_purchases must be at least 1");
      require(
          "binary:logistic".equals(objective) || "rank:ndcg".equals(objective),
          "objective must be binary:logistic or rank:ndcg");
      require(rounds >= 1, "rounds must be at least 1");
      require(maxDepth >= 1, "max_depth must be at least 1");
      require(eta > 0 && eta <= 1, "eta must be above 0 and at most 1");
      require(subsample > 0 && subsample <= 1, "subsample must be above 0 and at most 1");
      require(columnSample > 0 && columnSample <= 1, "column_sample must be above 0, at most 1");
      require(minChildWeight >= 0, "min_child_weight must be at least 0");
      require(maxBins >= 2, "max_bins must be at least 2");
      require(threads >= 1, "threads must be at least 1");
    }
  }

  /**
   * Alternating least squares: the latent factors from which similar products are derived.
   *
   * @param rank latent factors
   * @param alpha weight of an observed purchase relative to none
   * @param blocks number of blocks into which ALS partitions customers and products; 0 derives it
   *     from the number of pairs. It changes the factors, so it must not depend on the machine
   */
  public record Als(int rank, double regularisation, double alpha, int iterations, int blocks) {
    public Als {
      require(rank >= 1, "rank must be at least 1");
      require(regularisation >= 0, "regularisation must be at least 0");
      require(alpha > 0, "alpha must be above 0");
      require(iterations >= 1, "iterations must be at least 1");
      require(blocks >= 0, "blocks must be at least 0");
    }
  }

  /**
   * What may be recommended; the rules select products but never shorten a list.
   *
   * @param maxPerCategory maximum number of products of one category in a list that the customer
   *     never bought
   * @param stockedDays a product without a sale in this many days counts as not stocked
   * @param newDays a product launched within this many days is new
   * @param excludedCategories never recommended
   * @param excludedWithoutAge not offered to customers whose age is not on record
   */
  public record Rules(
      boolean excludeAlreadyBought,
      int maxPerCategory,
      int stockedDays,
      int newDays,
      List<String> excludedCategories,
      List<String> excludedWithoutAge) {
    public Rules {
      require(excludedCategories != null, "excluded_categories must be a list");
      require(excludedWithoutAge != null, "excluded_without_age must be a list");
      excludedCategories = List.copyOf(excludedCategories);
      excludedWithoutAge = List.copyOf(excludedWithoutAge);
      require(maxPerCategory >= 1, "max_per_category must be at least 1");
      require(stockedDays >= 1, "stocked_days must be at least 1");
      require(newDays >= 1, "new_days must be at least 1");
    }
  }

  /**
   * Similar products.
   *
   * @param listLength products per list
   * @param basketDays days of baskets to use
   * @param maxBasketProducts maximum number of products of a basket to use: the number of pairs
   *     grows with its square
   * @param minSupport minimum number of baskets that contain both
   * @param factorWeight weight of the cosine; the rest is the weight of the basket affinity
   * @param contentNeighbours number of products of its category with which a product is compared by
   *     content
   * @param contentWeight weight of content similarity, which fills lists that the other sources
   *     leave short
   */
  public record Similar(
      int listLength,
      int basketDays,
      int maxBasketProducts,
      long minSupport,
      double factorWeight,
      int contentNeighbours,
      double contentWeight) {
    public Similar {
      require(listLength >= 1, "list_length must be at least 1");
      require(basketDays >= 1, "basket_days must be at least 1");
      require(maxBasketProducts >= 2, "max_basket_products must be at least 2");
      require(minSupport >= 1, "min_support must be at least 1");
      require(factorWeight >= 0 && factorWeight <= 1, "factor_weight must be within 0 and 1");
      require(contentNeighbours >= 1, "content_neighbours must be at least 1");
      require(contentWeight >= 0 && contentWeight <= 1, "content_weight must be within 0 and 1");
    }
  }

  /**
   * Popular products.
   *
   * @param halfLife half-life of a basket's weight, in days
   * @param windowDays days of baskets to use
   * @param trendRatio a product that sells this many times as fast in the last 28 days as in the
   *     last 84 counts as trending
   */
  public record Popular(int listLength, double halfLife, int windowDays, double trendRatio) {
    public Popular {
      require(listLength >= 1, "list_length must be at least 1");
      require(halfLife >= 1, "half_life must be at least 1");
      require(windowDays >= 1, "window_days must be at least 1");
      require(trendRatio > 1, "trend_ratio must be greater than 1");
    }
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
