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
 * @param personalWeights weights of the customer's own purchases tried in the blend, beside 1 for
 *     ALS
 * @param popularityWeights weights of popularity tried in the blend, beside 1 for ALS
 * @param seed of the factors and of every sample
 */
public record RecommendSettings(
    int listLength,
    int holdoutDays,
    long minimumCustomers,
    long minimumInteractions,
    int evaluationCustomers,
    int boughtOftenPurchases,
    List<Double> personalWeights,
    List<Double> popularityWeights,
    long seed,
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
    personalWeights = filled(personalWeights, 0, "personal_weights");
    popularityWeights = filled(popularityWeights, 0, "popularity_weights");
  }

  /**
   * Alternating least squares and the search for its parameters; the first value of each grid is
   * the one tried when the budget is a single fit.
   *
   * @param halfLives days after which a purchase counts half
   * @param blocks into how many blocks ALS cuts customers and products; 0 for as many as the pairs
   *     fill. It changes the factors, so it must not follow the machine
   * @param searchFits most combinations tried
   * @param searchCustomers most customers in the sample that the search fits on
   */
  public record Als(
      List<Integer> ranks,
      List<Double> regularisations,
      List<Double> alphas,
      List<Double> halfLives,
      int iterations,
      int blocks,
      int searchFits,
      int searchCustomers) {
    public Als {
      require(
          ranks != null && !ranks.isEmpty() && ranks.stream().allMatch(r -> r >= 1),
          "ranks must be a list of numbers of at least 1");
      ranks = List.copyOf(ranks);
      regularisations = filled(regularisations, 0, "regularisations");
      alphas = filled(alphas, Double.MIN_NORMAL, "alphas");
      halfLives = filled(halfLives, 1, "half_lives");
      require(iterations >= 1, "iterations must be at least 1");
      require(blocks >= 0, "blocks must be at least 0");
      require(searchFits >= 1, "search_fits must be at least 1");
      require(searchCustomers >= 1, "search_customers must be at least 1");
    }
  }

  /**
   * What may be offered at all.
   *
   * @param maxPerCategory most products of one category in a list
   * @param stockedDays a product without a sale in this many days is taken for not stocked
   * @param newDays a product launched within this many days is new
   */
  public record Rules(
      boolean excludeAlreadyBought, int maxPerCategory, int stockedDays, int newDays) {
    public Rules {
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

  private static List<Double> filled(List<Double> values, double minimum, String key) {
    require(
        values != null && !values.isEmpty() && values.stream().allMatch(v -> v >= minimum),
        key + " must be a list of numbers of at least " + minimum);
    return List.copyOf(values);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
