package com.posmodern.ai.config;

import java.util.List;

/**
 * Section {@code recommend}: what is offered to whom, and how its model is searched and judged.
 *
 * @param listLength products in a customer's list, and the longest K of the metrics
 * @param holdoutDays last days kept from training to judge on
 * @param minimumCustomers fewer identified customers than this: no model is trained
 * @param minimumInteractions fewer customer-product pairs than this: no model is trained
 * @param evaluationCustomers most customers whose held-out purchases are judged
 * @param boughtOftenPurchases baskets from which on a product counts as bought often
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
   * The learned order of a customer's candidates.
   *
   * @param poolCustomers most customers that the driver holds: products' figures, neighbours and
   *     training come from them
   * @param historyDays days of purchases that are looked at
   * @param maxPurchases newest purchases of a customer that are looked at
   * @param cuts past days that are trained on, as many label days apart as the holdout is long
   * @param trainingRows about how many candidates are trained on
   * @param minimumPurchases with fewer purchases to learn from a plain blend ranks
   * @param objective binary:logistic or rank:ndcg
   * @param threads training threads; another number gives other last bits
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
   * Alternating least squares: the factors that similar products come from.
   *
   * @param rank latent factors
   * @param alpha weight of a purchase over none
   * @param blocks into how many blocks ALS cuts customers and products; 0 for as many as the pairs
   *     fill. It changes the factors, so it must not follow the machine
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
   * What may be offered; the rules choose and never shorten a list.
   *
   * @param maxPerCategory most products of one category in a list that the customer never bought
   * @param stockedDays a product without a sale in this many days is taken for not stocked
   * @param newDays a product launched within this many days is new
   * @param excludedCategories never offered to anybody
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
   * @param basketDays days of baskets that are looked at
   * @param maxBasketProducts products of one basket that are looked at: pairs grow with the square
   * @param minSupport fewest baskets that must hold both
   * @param factorWeight weight of the cosine; the rest is the baskets'
   * @param contentNeighbours products of a category that a product is compared with by content
   * @param contentWeight weight of likeness by content, for lists that the others leave short
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
   * @param halfLife days after which a basket counts half
   * @param windowDays days of baskets that are looked at
   * @param trendRatio a product that sells this many times faster in the last 28 days than in the
   *     last 84 is trending
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
