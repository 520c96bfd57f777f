package com.posmodern.ai.config;

/**
 * How customers are segmented.
 *
 * @param minBaskets customers with fewer baskets go to segment 0
 * @param minCustomers with fewer placeable customers nothing is trained
 * @param minSegments smallest number of segments tried
 * @param maxSegments largest number of segments tried
 * @param trainingCustomers customers that K-Means learns from at most
 * @param evaluationCustomers customers that scaling, silhouette and stability are measured on at
 *     most
 * @param maxDepartments departments that become a feature each
 * @param restarts K-Means starts per number of segments
 * @param maxIterations Lloyd iterations of one start
 * @param seed of sampling and K-Means
 * @param weights how much each group of features counts
 */
public record SegmentSettings(
    int minBaskets,
    int minCustomers,
    int minSegments,
    int maxSegments,
    int trainingCustomers,
    int evaluationCustomers,
    int maxDepartments,
    int restarts,
    int maxIterations,
    long seed,
    Weights weights) {

  public SegmentSettings {
    require(minBaskets >= 1, "min_baskets must be at least 1");
    require(minSegments >= 2, "min_segments must be at least 2");
    require(maxSegments >= minSegments, "max_segments must be at least min_segments");
    require(maxSegments <= 50, "max_segments must be at most 50");
    require(minCustomers > maxSegments, "min_customers must be more than max_segments");
    require(
        evaluationCustomers >= minCustomers, "evaluation_customers must be at least min_customers");
    require(
        trainingCustomers >= evaluationCustomers,
        "training_customers must be at least evaluation_customers");
    require(maxDepartments >= 0, "max_departments must be 0 or more");
    require(restarts >= 1, "restarts must be at least 1");
    require(maxIterations >= 1, "max_iterations must be at least 1");
  }

  /**
   * Weight of each group of features in the distance; 1 is as much as the others, 0 leaves it out.
   *
   * @param value recency, frequency, monetary value
   * @param basket what a basket looks like
   * @param time hour and weekday
   * @param price discounts and promotions
   * @param channel store or online
   * @param departments what is bought
   */
  public record Weights(
      double value, double basket, double time, double price, double channel, double departments) {

    public Weights {
      require(value >= 0, "weights.value must be 0 or more");
      require(basket >= 0, "weights.basket must be 0 or more");
      require(time >= 0, "weights.time must be 0 or more");
      require(price >= 0, "weights.price must be 0 or more");
      require(channel >= 0, "weights.channel must be 0 or more");
      require(departments >= 0, "weights.departments must be 0 or more");
      require(
          value + basket + time + price + channel + departments > 0,
          "weights must leave at least one group in");
    }
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
