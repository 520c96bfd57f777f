package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Stock against the share of demand that it met: the baseline's covers as a line, the advice. */
final class OrderChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 230;
  private static final double LEFT = 48;
  private static final double RIGHT = WIDTH - 12.0;
  private static final double TOP = 12;
  private static final double BOTTOM = HEIGHT - 40.0;

  private final List<OrderPolicy> covers;
  private final OrderPolicy advice;
  private final Axis across;
  private final Axis up;

  private OrderChart(OrderPolicy advice, List<OrderPolicy> covers) {
    this.advice = advice;
    this.covers = covers;
    double most = Math.max(advice.stockCover(), 1);
    double least = advice.fillRate();
    for (OrderPolicy cover : covers) {
      most = Math.max(most, cover.stockCover());
      least = Math.min(least, cover.fillRate());
    }
    across = new Axis(0, most * 1.02, LEFT, RIGHT);
    up = new Axis(Math.max(0, least - 0.01), 1, BOTTOM, TOP);
  }

  /**
   * @param covers of the baseline, the shortest first
   */
  static Html of(OrderPolicy advice, List<OrderPolicy> covers) {
    OrderChart chart = new OrderChart(advice, covers);
    return Html.tag("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", "Stock and fill rate of the advice and of the baseline")
        .of(chart.grid(), chart.baseline(), chart.point());
  }

  private Html grid() {
    List<Html> marks = new ArrayList<>();
    for (double tick : up.ticks(4)) {
      marks.add(line(LEFT, RIGHT, up.pixel(tick), up.pixel(tick), "grid"));
      marks.add(text("end", LEFT - 6, up.pixel(tick) + 4, Figures.format("%.1f %%", 100 * tick)));
    }
    marks.add(line(LEFT, RIGHT, BOTTOM, BOTTOM, "axis"));
    for (double tick : across.ticks(6)) {
      marks.add(text("middle", across.pixel(tick), BOTTOM + 16, Figures.format("%.0f", tick)));
    }
    marks.add(text("end", RIGHT, HEIGHT - 6.0, "mean stock, in days of demand"));
    return Html.join(marks);
  }

  private static Html line(double x1, double x2, double y1, double y2, String kind) {
    return Html.tag("line")
        .with("class", kind)
        .with("x1", Figures.format("%.1f", x1))
        .with("x2", Figures.format("%.1f", x2))
        .with("y1", Figures.format("%.1f", y1))
        .with("y2", Figures.format("%.1f", y2))
        .empty();
  }

  private static Html text(String anchor, double x, double y, String words) {
    return Html.tag("text")
        .with("class", "tick")
        .with("text-anchor", anchor)
        .with("x", Figures.format("%.1f", x))
        .with("y", Figures.format("%.1f", y))
        .of(words);
  }

  private Html baseline() {
    return Html.tag("polyline")
        .with("class", "naive")
        .with(
            "points",
            covers.stream()
                .map(one -> across.at(one.stockCover()) + "," + up.at(one.fillRate()))
                .collect(Collectors.joining(" ")))
        .empty();
  }

  private Html point() {
    double x = across.pixel(advice.stockCover());
    double y = up.pixel(advice.fillRate());
    return Html.join(
        line(x - 7, x + 7, y, y, "actual"),
        line(x, x, y - 7, y + 7, "actual"),
        text("start", x + 10, y + 16, "the advice"));
  }
}
