package com.posmodern.ai.config;

/**
 * Parameters of the features.
 *
 * @param newProductDays a product is {@code new} while its first sale is fewer days ago
 * @param halfLifeDays age in days at which a purchase counts half
 */
public record FeatureSettings(int newProductDays, double halfLifeDays) {

  public FeatureSettings {
    if (newProductDays < 1) {
      throw new IllegalArgumentException("new_product_days must be 1 or more");
    }
    if (!(halfLifeDays > 0)) {
      throw new IllegalArgumentException("half_life_days must be more than 0");
    }
  }
}
