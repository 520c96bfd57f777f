package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.Profile;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYShapeAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/**
 * Chart of the segments on their two principal axes; the area of a bubble is proportional to its
 * number of customers. Every bubble shows its id, and its name if there is room; the table lists
 * all names. Where a name has room is found here, because JFreeChart places a label without regard
 * to others.
 */
final class SegmentChart {
  private static final int HEIGHT = 400;
  private static final double MARGIN = 54;
  private static final double LARGEST_RADIUS = 36;
  private static final double SMALLEST_RADIUS = 11;
  private static final double LETTER = 6.2;
  private static final double LINE = 14;
  private static final double GAP = 4;
  private static final Font ID = Svg.FONT.deriveFont(Font.BOLD, 14f);

  private final int width;
  private final int height;
  private final List<Rectangle2D> taken = new ArrayList<>();

  private SegmentChart(int width, int height) {
    this.width = width;
    this.height = height;
  }

  /** A segment in the chart, in pixels from its lower left corner. */
  private record Bubble(Profile profile, double x, double y, double radius) {
    Shape shape() {
      return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
    }
  }

  static String of(List<Profile> profiles) {
    return Svg.of(
        "segments-picture",
        "Customer segments on their two principal axes",
        HEIGHT,
        (width, height) -> new SegmentChart(width, height).chart(profiles));
  }

  private JFreeChart chart(List<Profile> profiles) {
    // The axes count pixels, so that circles are round and names can be measured.
    XYPlot plot = new XYPlot(null, pixels(width), pixels(height), null);
    plot.setRangeGridlinesVisible(false);
    plot.setInsets(RectangleInsets.ZERO_INSETS);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    List<Bubble> bubbles = bubbles(profiles);
    for (Bubble bubble : bubbles) {
      taken.add(bubble.shape().getBounds2D());
      plot.addAnnotation(
          new XYShapeAnnotation(bubble.shape(), new BasicStroke(1.5f), Ink.BLUE, Ink.BAND));
    }
    for (Bubble bubble : bubbles) {
      plot.addAnnotation(text(Integer.toString(bubble.profile().id()), bubble.x(), bubble.y(), ID));
      place(bubble)
          .ifPresent(
              box -> {
                taken.add(box);
                plot.addAnnotation(
                    text(bubble.profile().name(), box.getCenterX(), box.getCenterY(), Svg.FONT));
              });
    }
    return Svg.chart(plot);
  }

  private static NumberAxis pixels(int length) {
    NumberAxis axis = new NumberAxis();
    axis.setRange(0, length);
    axis.setVisible(false);
    return axis;
  }

  private static XYTextAnnotation text(String words, double x, double y, Font font) {
    XYTextAnnotation text = new XYTextAnnotation(words, x, y);
    text.setFont(font);
    text.setPaint(Ink.INK);
    return text;
  }

  private List<Bubble> bubbles(List<Profile> profiles) {
    List<Profile> placed =
        profiles.stream()
            .filter(p -> p.x().isPresent() && p.y().isPresent() && p.customers() > 0)
            // Small bubbles are drawn last, so that large ones do not hide them.
            .sorted(Comparator.comparingLong(Profile::customers).reversed())
            .toList();
    double most = (double) placed.stream().mapToLong(Profile::customers).max().orElse(1);
    List<Double> across = spread(placed, p -> p.x().orElseThrow(), width);
    List<Double> up = spread(placed, p -> p.y().orElseThrow(), height);
    List<Bubble> bubbles = new ArrayList<>();
    for (int i = 0; i < placed.size(); i++) {
      double radius =
          Math.max(SMALLEST_RADIUS, LARGEST_RADIUS * Math.sqrt(placed.get(i).customers() / most));
      bubbles.add(new Bubble(placed.get(i), across.get(i), up.get(i), radius));
    }
    return bubbles;
  }

  /** The values from margin to margin; all in the middle when they are equal. */
  private static List<Double> spread(
      List<Profile> profiles, Function<Profile, Double> value, int length) {
    List<Double> values = profiles.stream().map(value).toList();
    double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    return values.stream()
        .map(
            v ->
                high == low
                    ? length / 2.0
                    : MARGIN + (v - low) / (high - low) * (length - 2 * MARGIN))
        .toList();
  }

  /** Position of the label: below, above, right or left of the bubble, the first that is free. */
  private Optional<Rectangle2D> place(Bubble bubble) {
    double letters = bubble.profile().name().length() * LETTER;
    double below = bubble.y() - bubble.radius() - GAP - LINE;
    double above = bubble.y() + bubble.radius() + GAP;
    double beside = bubble.y() - LINE / 2;
    double centre = Math.max(3, Math.min(width - 3 - letters, bubble.x() - letters / 2));
    double right = bubble.x() + bubble.radius() + GAP;
    double left = bubble.x() - bubble.radius() - GAP - letters;
    Rectangle2D paper = new Rectangle2D.Double(2, 2, width - 4.0, height - 4.0);
    return List.<Rectangle2D>of(
            new Rectangle2D.Double(centre, below, letters, LINE),
            new Rectangle2D.Double(centre, above, letters, LINE),
            new Rectangle2D.Double(right, beside, letters, LINE),
            new Rectangle2D.Double(left, beside, letters, LINE))
        .stream()
        .filter(box -> paper.contains(box) && taken.stream().noneMatch(box::intersects))
        .findFirst();
  }
}
