package com.posmodern.ai.config;

/**
 * How customers are segmented.
 *
 * @param minBaskets customers with fewer baskets go to segment 0
 * @param minCustomers with fewer customers that can be assigned to a segment nothing is trained
 * @param minSegments smallest number of segments tried
 * @param maxSegments largest number of segments tried
 * @param trainingCustomers maximum number of customers that K-Means is trained on
 * @param evaluationCustomers maximum number of customers on which scaling, silhouette and stability
 *     are measured
 * @param outcomeDays days of later purchases by which segments are judged
 * @param outcomeCustomers maximum number of customers judged by them
 * @param maxDepartments maximum number of departments that become a feature each
 * @param restarts K-Means restarts per number of segments
 * @param maxIterations maximum number of Lloyd iterations per start
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
    int outcomeDays,
    int outcomeCustomers,
    int maxDepartments,
    int restarts,
    int maxIterations,
    long seed,
    Weights weights) {

  public SegmentSettings {
    SettingChecks.positive("min_baskets", minBaskets);
    SettingChecks.that(minSegments >= 2, "min_segments", "be at least 2");
    SettingChecks.that(maxSegments >= minSegments, "max_segments", "be at least min_segments");
    SettingChecks.that(maxSegments <= 50, "max_segments", "be at most 50");
    SettingChecks.that(minCustomers > maxSegments, "min_customers", "be more than max_segments");
    SettingChecks.that(
        evaluationCustomers >= minCustomers, "evaluation_customers", "be at least min_customers");
    SettingChecks.that(
        trainingCustomers >= evaluationCustomers,
        "training_customers",
        "be at least evaluation_customers");
    SettingChecks.positive("outcome_days", outcomeDays);
    SettingChecks.that(
        outcomeCustomers >= minCustomers, "outcome_customers", "be at least min_customers");
    SettingChecks.notNegative("max_departments", maxDepartments);
    SettingChecks.positive("restarts", restarts);
    SettingChecks.positive("max_iterations", maxIterations);
  }

  /**
   * Weight of each group of features in the distance; 1 is the normal weight, 0 leaves the group
   * out.
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
      SettingChecks.notNegative("value", value);
      SettingChecks.notNegative("basket", basket);
      SettingChecks.notNegative("time", time);
      SettingChecks.notNegative("price", price);
      SettingChecks.notNegative("channel", channel);
      SettingChecks.notNegative("departments", departments);
      SettingChecks.positive("their sum", value + basket + time + price + channel + departments);
    }
  }
}
