package com.posmodern.ai.config;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

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

  /** A name that marks rows. */
  static void name(String key, String value) {
    that(value.matches("[a-z0-9][a-z0-9-]*"), key, "be of a-z, 0-9 and -, is " + value);
  }

  static void zone(String key, String value) {
    boolean good;
    try {
      good = ZoneId.of(value) != null;
    } catch (DateTimeException e) {
      good = false;
    }
    that(good, key, "be a time zone, is " + value);
  }

  static void encoding(String key, String value) {
    boolean good;
    try {
      good = Charset.isSupported(value);
    } catch (IllegalCharsetNameException e) {
      good = false;
    }
    that(good, key, "be an encoding, is " + value);
  }

  static void datePattern(String key, String value) {
    boolean good;
    try {
      good = !value.isBlank() && strictDates(value).getZone() == null;
    } catch (IllegalArgumentException e) {
      good = false;
    }
    that(good, key, "be a pattern such as dd/MM/yyyy, is " + value);
  }

  /** The 31st of February is no day then. Strict years are u, not y. */
  static DateTimeFormatter strictDates(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'))
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
