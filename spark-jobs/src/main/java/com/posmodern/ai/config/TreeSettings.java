package com.posmodern.ai.config;

/** What every set of XGBoost's trees is given; how it is trained, in {@code model.Boosting}. */
public interface TreeSettings {
  int rounds();

  int maxDepth();

  double eta();

  double subsample();

  double columnSample();

  double minChildWeight();

  int maxBins();

  /** Training threads; 0 for as many as the driver has processors. */
  int threads();

  /**
   * Validates them; the record of the section that they belong to calls it.
   *
   * @param section its name, for the messages
   * @throws IllegalArgumentException that names the key
   */
  default void check(String section) {
    SettingChecks.that(rounds() >= 1, section + ".rounds", "be at least 1");
    SettingChecks.that(
        maxDepth() >= 1 && maxDepth() <= 15, section + ".max_depth", "be from 1 to 15");
    share(eta(), section + ".eta");
    share(subsample(), section + ".subsample");
    share(columnSample(), section + ".column_sample");
    SettingChecks.that(minChildWeight() >= 0, section + ".min_child_weight", "not be negative");
    SettingChecks.that(
        maxBins() >= 16 && maxBins() <= 1024, section + ".max_bins", "be from 16 to 1024");
    SettingChecks.that(threads() >= 0, section + ".threads", "be at least 0");
  }

  private static void share(double value, String name) {
    SettingChecks.that(value > 0 && value <= 1, name, "be over 0 and at most 1");
  }
}
