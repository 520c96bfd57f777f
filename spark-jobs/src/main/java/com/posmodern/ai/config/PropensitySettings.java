package com.posmodern.ai.config;

/**
 * How propensities (to buy in a category, to lapse, to respond) are learnt and given out.
 *
 * @param trainingCustomers maximum number of customers to learn from, sampled by a hash of their id
 * @param trainingRows maximum number of rows that a model is trained on, and likewise judged on
 * @param cuts past days that are trained on, 28 days apart
 * @param minEvents with fewer rows where the event happened, or fewer where it did not, no model is
 *     trained
 * @param folds parts of the customers for the cross-fitted predictions that the calibration is
 *     fitted to
 * @param lapseGaps a customer has lapsed after this many of their own mean gaps between two
 *     purchases
 * @param lapseMinDays shortest horizon of lapsing, whatever the rhythm
 * @param lapseMaxDays longest one, and that of customers without a rhythm
 * @param categoriesPerCustomer the likeliest categories that are given out for a customer
 * @param popularCategories categories judged for a customer who has never bought them: the most
 *     bought ones
 * @param keepExamples whether the rows trained and judged on are written to {@code
 *     models.propensity_examples}
 * @param seed of every sample
 */
public record PropensitySettings(
    int trainingCustomers,
    int trainingRows,
    int cuts,
    int minEvents,
    int folds,
    double lapseGaps,
    int lapseMinDays,
    int lapseMaxDays,
    int categoriesPerCustomer,
    int popularCategories,
    boolean keepExamples,
    long seed,
    Trees trees) {

  public PropensitySettings {
    SettingChecks.positive("training_customers", trainingCustomers);
    SettingChecks.positive("training_rows", trainingRows);
    SettingChecks.positive("cuts", cuts);
    SettingChecks.positive("min_events", minEvents);
    SettingChecks.that(folds >= 2, "folds", "be at least 2");
    SettingChecks.positive("lapse_gaps", lapseGaps);
    SettingChecks.positive("lapse_min_days", lapseMinDays);
    SettingChecks.that(
        lapseMaxDays >= lapseMinDays, "lapse_max_days", "be at least lapse_min_days");
    SettingChecks.positive("categories_per_customer", categoriesPerCustomer);
    SettingChecks.notNegative("popular_categories", popularCategories);
    trees.check("trees");
  }

  /** XGBoost's trees. */
  public record Trees(
      int rounds,
      int maxDepth,
      double eta,
      double subsample,
      double columnSample,
      double minChildWeight,
      int maxBins,
      int threads)
      implements TreeSettings {}
}
