package com.posmodern.ai.config;

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
}
