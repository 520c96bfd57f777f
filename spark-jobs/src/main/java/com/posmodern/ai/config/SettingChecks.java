package com.posmodern.ai.config;

import java.net.URI;

/** The validations that the settings records share; each error names the offending key. */
final class SettingChecks {
  private SettingChecks() {}

  static void that(boolean holds, String key, String must) {
    if (!holds) {
      throw new IllegalArgumentException("%s must %s".formatted(key, must));
    }
  }

  static void positive(String key, double value) {
    that(value > 0, key, "be greater than 0, is " + value);
  }

  static void notNegative(String key, double value) {
    that(value >= 0, key, "not be negative, is " + value);
  }

  static void share(String key, double value) {
    that(value >= 0 && value <= 1, key, "be between 0 and 1, is " + value);
  }

  static void text(String key, String value) {
    that(!value.isBlank(), key, "not be empty");
  }

  static void address(String key, String value) {
    boolean good;
    try {
      good = URI.create(value).getHost() != null && value.matches("https?://.*");
    } catch (IllegalArgumentException e) {
      good = false;
    }
    that(good, key, "be an address such as https://example.com, is " + value);
  }
}
