package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The segments on their two principal axes; a bubble's area is its number of customers. */
final class SegmentChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 380;
  private static final double MARGIN = 70;
  private static final double LARGEST_RADIUS = 52;
  private static final double LETTER = 6.4;

  private SegmentChart() {}

  static Html of(List<Profile> profiles) {
    List<Profile> placed =
        profiles.stream()
            .filter(p -> p.x().isPresent() && p.y().isPresent() && p.customers() > 0)
            // Small bubbles last, so that a large one never hides them.
            .sorted(Comparator.comparingLong(Profile::customers).reversed())
            .toList();
    double most = (double) placed.stream().mapToLong(Profile::customers).max().orElse(1);
    Axis across =
        axis(placed.stream().map(p -> p.x().orElseThrow()).toList(), MARGIN, WIDTH - MARGIN);
    Axis up = axis(placed.stream().map(p -> p.y().orElseThrow()).toList(), HEIGHT - MARGIN, MARGIN);
    List<Html> bubbles = new ArrayList<>();
    List<Html> labels = new ArrayList<>();
    for (Profile profile : placed) {
      double x = across.pixel(profile.x().orElseThrow());
      double y = up.pixel(profile.y().orElseThrow());
      double radius = Math.max(9, LARGEST_RADIUS * Math.sqrt(profile.customers() / most));
      bubbles.add(
          Html.tag("circle")
              .with("class", "bubble")
              .with("cx", pixels(x))
              .with("cy", pixels(y))
              .with("r", pixels(radius))
              .of(Html.tag("title").of(profile.name())));
      labels.add(label(Integer.toString(profile.id()), x, y + 5, "bubble-id"));
      double half = profile.name().length() * LETTER / 2;
      labels.add(
          label(
              profile.name(),
              Math.max(half + 4, Math.min(WIDTH - half - 4, x)),
              y + radius + 14 > HEIGHT - 6 ? y - radius - 6 : y + radius + 14,
              "bubble-name"));
    }
    return Html.tag("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", "Customer segments on their two principal axes")
        .of(Html.join(bubbles), Html.join(labels));
  }

  private static Axis axis(List<Double> values, double from, double to) {
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    return new Axis(low, high, from, to);
  }

  private static Html label(String text, double x, double y, String kind) {
    return Html.tag("text")
        .with("class", kind)
        .with("text-anchor", "middle")
        .with("x", pixels(x))
        .with("y", pixels(y))
        .of(text);
  }

  private static String pixels(double value) {
    return Figures.format("%.1f", value);
  }
}
