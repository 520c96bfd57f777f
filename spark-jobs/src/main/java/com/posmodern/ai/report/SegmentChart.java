package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chart of the segments on their two principal axes; the area of a bubble is proportional to its
 * number of customers. Every bubble shows its id, and its name if there is room; the table lists
 * all names.
 */
final class SegmentChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 400;
  private static final double MARGIN = 54;
  private static final double LARGEST_RADIUS = 36;
  private static final double SMALLEST_RADIUS = 11;
  private static final double LETTER = 6.2;
  private static final double LINE = 13;
  private static final double GAP = 4;

  private final List<Box> taken = new ArrayList<>();

  private SegmentChart() {}

  private record Bubble(Profile profile, double x, double y, double radius) {
    Box box() {
      return new Box(x - radius, y - radius, x + radius, y + radius);
    }
  }

  private record Box(double left, double top, double right, double bottom) {
    boolean meets(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }

    boolean fits() {
      return left >= 2 && right <= WIDTH - 2.0 && top >= 2 && bottom <= HEIGHT - 2.0;
    }
  }

  static Html of(List<Profile> profiles) {
    return new SegmentChart().draw(bubbles(profiles));
  }

  private static List<Bubble> bubbles(List<Profile> profiles) {
    List<Profile> placed =
        profiles.stream()
            .filter(p -> p.x().isPresent() && p.y().isPresent() && p.customers() > 0)
            // Small bubbles are drawn last, so that large ones do not hide them.
            .sorted(Comparator.comparingLong(Profile::customers).reversed())
            .toList();
    double most = (double) placed.stream().mapToLong(Profile::customers).max().orElse(1);
    Axis across =
        axis(placed.stream().map(p -> p.x().orElseThrow()).toList(), MARGIN, WIDTH - MARGIN);
    Axis up = axis(placed.stream().map(p -> p.y().orElseThrow()).toList(), HEIGHT - MARGIN, MARGIN);
    return placed.stream()
        .map(
            p ->
                new Bubble(
                    p,
                    across.pixel(p.x().orElseThrow()),
                    up.pixel(p.y().orElseThrow()),
                    Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(p.customers() / most))))
        .toList();
  }

  private Html draw(List<Bubble> bubbles) {
    List<Html> marks = new ArrayList<>();
    for (Bubble bubble : bubbles) {
      taken.add(bubble.box());
      marks.add(
          Html.tag("circle")
              .with("class", "bubble")
              .with("cx", pixels(bubble.x()))
              .with("cy", pixels(bubble.y()))
              .with("r", pixels(bubble.radius()))
              .of(Html.tag("title").of(bubble.profile().name())));
    }
    for (Bubble bubble : bubbles) {
      marks.add(
          label(Integer.toString(bubble.profile().id()), bubble.x(), bubble.y() + 5, "bubble-id"));
      place(bubble)
          .ifPresent(
              box -> {
                taken.add(box);
                marks.add(
                    label(
                        bubble.profile().name(),
                        (box.left() + box.right()) / 2,
                        box.bottom() - 3,
                        "bubble-name"));
              });
    }
    return Html.tag("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", "Customer segments on their two principal axes")
        .of(Html.join(marks));
  }

  /** Position of the label: below, above, right or left of the bubble, the first that is free. */
  private Optional<Box> place(Bubble bubble) {
    double width = bubble.profile().name().length() * LETTER;
    double below = bubble.y() + bubble.radius() + GAP;
    double above = bubble.y() - bubble.radius() - GAP - LINE;
    double beside = bubble.y() - LINE / 2;
    double centre = Math.max(3, Math.min(WIDTH - 3 - width, bubble.x() - width / 2));
    double right = bubble.x() + bubble.radius() + GAP;
    double left = bubble.x() - bubble.radius() - GAP - width;
    return List.of(
            new Box(centre, below, centre + width, below + LINE),
            new Box(centre, above, centre + width, above + LINE),
            new Box(right, beside, right + width, beside + LINE),
            new Box(left, beside, left + width, beside + LINE))
        .stream()
        .filter(box -> box.fits() && taken.stream().noneMatch(box::meets))
        .findFirst();
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
