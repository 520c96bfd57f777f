package com.posmodern.ai.config;

import java.util.List;
import java.util.stream.Stream;

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
 * @param controlShare share of known customers who get popular products instead of a list of their
 *     own, so that what the lists bring can be measured
 * @param seed of the factors and of every sample
 */
public record RecommendSettings(
    int listLength,
    int holdoutDays,
    long minimumCustomers,
    long minimumInteractions,
    int evaluationCustomers,
    int boughtOftenPurchases,
    double controlShare,
    long seed,
    Ranker ranker,
    Als als,
    Rules rules,
    Similar similar,
    Popular popular) {

  public RecommendSettings {
    SettingChecks.that(listLength >= 1, "list_length", "be at least 1");
    SettingChecks.that(holdoutDays >= 1, "holdout_days", "be at least 1");
    SettingChecks.that(minimumCustomers >= 1, "minimum_customers", "be at least 1");
    SettingChecks.that(minimumInteractions >= 1, "minimum_interactions", "be at least 1");
    SettingChecks.that(evaluationCustomers >= 1, "evaluation_customers", "be at least 1");
    SettingChecks.that(boughtOftenPurchases >= 1, "bought_often_purchases", "be at least 1");
    SettingChecks.that(
        controlShare >= 0 && controlShare <= 0.5, "control_share", "be within 0 and 0.5");
    ranker.check("ranker");
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
   * @param threads training threads, 0 for all of the driver; a different number changes the last
   *     bits of the result
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
      int threads)
      implements TreeSettings {
    public Ranker {
      SettingChecks.that(poolCustomers >= 1, "pool_customers", "be at least 1");
      SettingChecks.that(historyDays >= 1, "history_days", "be at least 1");
      SettingChecks.that(maxPurchases >= 1, "max_purchases", "be at least 1");
      SettingChecks.that(cuts >= 1, "cuts", "be at least 1");
      SettingChecks.that(trainingRows >= 1000, "training_rows", "be at least 1000");
      SettingChecks.that(minimumPurchases >= 1, "minimum_purchases", "be at least 1");
      SettingChecks.that(
          "binary:logistic".equals(objective) || "rank:ndcg".equals(objective),
          "objective",
          "be binary:logistic or rank:ndcg");
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
      SettingChecks.that(rank >= 1, "rank", "be at least 1");
      SettingChecks.that(regularisation >= 0, "regularisation", "be at least 0");
      SettingChecks.that(alpha > 0, "alpha", "be above 0");
      SettingChecks.that(iterations >= 1, "iterations", "be at least 1");
      SettingChecks.that(blocks >= 0, "blocks", "be at least 0");
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
      SettingChecks.that(excludedCategories != null, "excluded_categories", "be a list");
      SettingChecks.that(excludedWithoutAge != null, "excluded_without_age", "be a list");
      excludedCategories = List.copyOf(excludedCategories);
      excludedWithoutAge = List.copyOf(excludedWithoutAge);
      SettingChecks.that(maxPerCategory >= 1, "max_per_category", "be at least 1");
      SettingChecks.that(stockedDays >= 1, "stocked_days", "be at least 1");
      SettingChecks.that(newDays >= 1, "new_days", "be at least 1");
    }

    /** The categories that are excluded where nothing is known of a customer. */
    public List<String> excludedForAnybody() {
      return Stream.concat(excludedCategories.stream(), excludedWithoutAge.stream())
          .distinct()
          .toList();
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
      SettingChecks.that(listLength >= 1, "list_length", "be at least 1");
      SettingChecks.that(basketDays >= 1, "basket_days", "be at least 1");
      SettingChecks.that(maxBasketProducts >= 2, "max_basket_products", "be at least 2");
      SettingChecks.that(minSupport >= 1, "min_support", "be at least 1");
      SettingChecks.that(
          factorWeight >= 0 && factorWeight <= 1, "factor_weight", "be within 0 and 1");
      SettingChecks.that(contentNeighbours >= 1, "content_neighbours", "be at least 1");
      SettingChecks.that(
          contentWeight >= 0 && contentWeight <= 1, "content_weight", "be within 0 and 1");
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
      SettingChecks.that(listLength >= 1, "list_length", "be at least 1");
      SettingChecks.that(halfLife >= 1, "half_life", "be at least 1");
      SettingChecks.that(windowDays >= 1, "window_days", "be at least 1");
      SettingChecks.that(trendRatio > 1, "trend_ratio", "be greater than 1");
    }
  }
}
