package com.posmodern.ai.config;

/**
 * Parameters of the features.
 *
 * @param newProductDays a product is {@code new} while its first sale is fewer than this many days
 *     ago
 * @param halfLifeDays age in days at which the weight of a purchase has halved
 * @param customerWindowDays days that a customer's habits are taken from, up to the as-of date
 */
public record FeatureSettings(int newProductDays, double halfLifeDays, int customerWindowDays) {

  public FeatureSettings {
    SettingChecks.positive("new_product_days", newProductDays);
    SettingChecks.positive("half_life_days", halfLifeDays);
    SettingChecks.positive("customer_window_days", customerWindowDays);
  }
}
