package com.posmodern.ai.campaign.propose;

import com.posmodern.ai.config.Campaign.Goal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A campaign that somebody may switch on.
 *
 * @param subject product, segment or category that it is about
 * @param category of the products; empty where it is about all
 * @param products ids; empty for each customer's own recommendations
 * @param segment name; empty for all
 * @param days how long the draft's window is
 * @param customers whom it could reach
 * @param gain revenue expected of it, in currency
 * @param why in one sentence
 */
public record Proposal(
    Goal goal,
    String subject,
    Optional<String> category,
    List<String> products,
    Optional<String> segment,
    int days,
    long customers,
    double gain,
    String why) {
  /** Days of a window where nothing spoils before. */
  static final int LONGEST_DAYS = 28;

  private static final int LAPSED_DAYS = 30;

  /** Share of the expected gain that the draft may spend. */
  private static final double BUDGET_SHARE = 0.25;

  /** Name of the draft, which is the name of the campaign once it is copied. */
  public String id(LocalDate asOf) {
    String about = subject.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return "%s-%s-%s"
        .formatted(goal.name().toLowerCase(Locale.ROOT).replace('_', '-'), about, asOf)
        .replaceAll("-+", "-");
  }

  /** What is expected of it, for the person who watches. */
  public String expectation() {
    return String.format(Locale.ROOT, "expected gain %.2f of %,d customers", gain, customers);
  }

  /** The draft: a campaign file that is switched off. */
  public String yaml(LocalDate asOf) {
    StringBuilder text = new StringBuilder();
    line(text, "# Proposed on %s: %s", asOf, why);
    line(
        text,
        "# Expected gain: %.2f of %d customers. To use it, copy it to the campaigns' folder, look at",
        gain,
        customers);
    line(text, "# it, and set enabled: true.");
    line(text, "enabled: false");
    line(text, "goal: %s", goal);
    line(text, "title: %s", quoted(subject));
    line(text, "window: {from: \"%s\", until: \"%s\"}", asOf.plusDays(1), asOf.plusDays(days));
    if (goal == Goal.WIN_BACK || segment.isPresent() || category.isPresent()) {
      line(text, "audience:");
    }
    segment.ifPresent(name -> line(text, "  segments: [%s]", quoted(name)));
    category.ifPresent(name -> line(text, "  categories: [%s]", quoted(name)));
    if (goal == Goal.WIN_BACK) {
      line(text, "  recency_days: {at_least: %d, at_most: 365}", LAPSED_DAYS);
    }
    line(text, "offer:");
    if (!products.isEmpty()) {
      line(
          text,
          "  products: [%s]",
          String.join(", ", products.stream().map(Proposal::quoted).toList()));
    }
    line(text, "  budget: %.2f", Math.max(1, gain * BUDGET_SHARE));
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** Names come from the retailer's tables, where anything may stand. */
  private static String quoted(String name) {
    return '"'
        + name.replaceAll("\\p{Cntrl}+", " ").replace("\\", "\\\\").replace("\"", "\\\"")
        + '"';
  }
}
