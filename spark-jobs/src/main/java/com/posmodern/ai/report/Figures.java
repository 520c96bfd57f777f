package com.posmodern.ai.report;

import java.util.Locale;
import java.util.Optional;

/** Formats figures for people. */
final class Figures {
  private Figures() {}

  static String count(long value) {
    return format("%,d", value);
  }

  /** Three significant digits. */
  static String value(double value) {
    double size = Math.abs(value);
    if (size >= 1000) {
      return format("%,.0f", value);
    }
    return format(size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
  }

  static String value(Optional<Double> value) {
    return value.map(Figures::value).orElse("–");
  }

  /** Quantities: one decimal at most, and none when whole. */
  static String quantity(double value) {
    return format(value == Math.rint(value) || value >= 1000 ? "%,.0f" : "%,.1f", value);
  }

  static String quantity(Optional<Double> value) {
    return value.map(Figures::quantity).orElse("–");
  }

  static String percent(double share) {
    double percent = share * 100;
    return format(Math.abs(percent) < 10 && percent != 0 ? "%.1f %%" : "%.0f %%", percent);
  }

  static String percent(Optional<Double> share) {
    return share.map(Figures::percent).orElse("–");
  }

  static String clock(Optional<Double> hour) {
    return hour.map(h -> format("%d:%02d", h.intValue(), (int) (h % 1 * 60))).orElse("–");
  }

  static String seconds(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 60
        ? format("%d min %02d s", whole / 60, whole % 60)
        : format("%.1f s", seconds);
  }

  static String bytes(long bytes) {
    double mebibytes = (double) bytes / (1 << 20);
    return mebibytes >= 1024 ? format("%.1f GiB", mebibytes / 1024) : format("%.0f MiB", mebibytes);
  }

  /** A code such as {@code bought_often} as words. */
  static String words(String code) {
    return code.replace('_', ' ').toLowerCase(Locale.ROOT);
  }

  /** A share in tenths of a percent. */
  static String tenths(double share) {
    return Double.isFinite(share) ? format("%.1f %%", 100 * share) : "–";
  }

  static String tenths(Optional<Double> share) {
    return share.map(Figures::tenths).orElse("–");
  }

  static String capital(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
