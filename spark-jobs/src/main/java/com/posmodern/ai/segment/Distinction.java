package com.posmodern.ai.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One sentence on how a segment differs from the median customer, in plain figures. */
final class Distinction {
  private static final int MOST_CLAUSES = 3;

  /** Ratios and differences below these are not mentioned. */
  private static final double NOTABLE_RATIO = 1.25;

  private static final double NOTABLE_SHARE = 0.08;
  private static final double NOTABLE_HOURS = 1.0;

  private Distinction() {}

  private record Clause(String text, double strength) {}

  /**
   * Returns the sentence.
   *
   * @param all every placed customer
   * @param departments bought more than by others
   */
  static String sentence(Habits own, Habits all, List<String> departments) {
    if (own.customers() == 0) {
      return "No customer at present.";
    }
    List<Clause> clauses = new ArrayList<>();
    ratio(clauses, own.frequency(), all.frequency(), "%.1f times the usual number of baskets");
    ratio(clauses, own.basketValue(), all.basketValue(), "baskets worth %.1f times the usual");
    share(clauses, own.onlineShare(), all.onlineShare(), "%.0f %% of baskets online (%.0f %%)");
    share(clauses, own.weekendShare(), all.weekendShare(), "%.0f %% at weekends (%.0f %%)");
    share(clauses, own.discountShare(), all.discountShare(), "discounts of %.0f %% (%.0f %%)");
    hour(clauses, own.meanHour(), all.meanHour());
    clauses.sort(
        Comparator.comparingDouble(Clause::strength).reversed().thenComparing(Clause::text));
    List<String> parts =
        clauses.stream()
            .limit(MOST_CLAUSES)
            .map(Clause::text)
            .collect(Collectors.toCollection(ArrayList::new));
    if (!departments.isEmpty()) {
      parts.add("more " + String.join(" and ", departments.stream().limit(2).toList()));
    }
    if (parts.isEmpty()) {
      return "Close to the median customer in everything.";
    }
    String sentence = String.join("; ", parts);
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1) + ".";
  }

  private static void ratio(List<Clause> clauses, Double own, Double all, String words) {
    if (own == null || all == null || own <= 0 || all <= 0) {
      return;
    }
    double ratio = own / all;
    double size = Math.max(ratio, 1 / ratio);
    if (size >= NOTABLE_RATIO) {
      clauses.add(new Clause(words(words, ratio), Math.log(size) / Math.log(NOTABLE_RATIO)));
    }
  }

  private static void share(List<Clause> clauses, Double own, Double all, String words) {
    if (own == null || all == null) {
      return;
    }
    double difference = Math.abs(own - all);
    if (difference >= NOTABLE_SHARE) {
      clauses.add(new Clause(words(words, own * 100, all * 100), difference / NOTABLE_SHARE));
    }
  }

  private static void hour(List<Clause> clauses, Double own, Double all) {
    if (own == null || all == null) {
      return;
    }
    double difference = Math.abs(own - all);
    if (difference >= NOTABLE_HOURS) {
      clauses.add(new Clause("shops around " + clock(own) + " (" + clock(all) + ")", difference));
    }
  }

  private static String clock(double hour) {
    return words("%d:%02d", (int) hour, (int) (hour % 1 * 60));
  }

  private static String words(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
