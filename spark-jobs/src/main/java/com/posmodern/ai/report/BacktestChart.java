package com.posmodern.ai.report;

import com.posmodern.ai.report.NightReport.Backtest;
import com.posmodern.ai.report.NightReport.BacktestDay;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Chart of a backtest: actual demand, the forecast with its interval, and the baseline. */
final class BacktestChart {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 210;
  private static final double LEFT = 38;
  private static final double RIGHT = WIDTH - 8.0;
  private static final double TOP = 10;
  private static final double BOTTOM = HEIGHT - 24.0;
  private static final int DAYS_PER_LABEL = 14;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  private final List<BacktestDay> days;
  private final Axis across;
  private final Axis up;

  private BacktestChart(List<BacktestDay> days) {
    this.days = days;
    double most =
        days.stream()
            .mapToDouble(
                day ->
                    Math.max(
                        Math.max(day.actual(), day.mean()),
                        Math.max(day.p90(), day.seasonalNaive())))
            .max()
            .orElse(1);
    across = new Axis(0, Math.max(1, days.size() - 1.0), LEFT, RIGHT);
    up = new Axis(0, most <= 0 ? 1 : most * 1.05, BOTTOM, TOP);
  }

  static Html of(Backtest backtest) {
    BacktestChart chart = new BacktestChart(backtest.days());
    return Html.tag("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", "Backtest of " + backtest.product() + " in " + backtest.store())
        .of(
            chart.grid(),
            chart.dates(),
            chart.band(),
            chart.line("naive", BacktestDay::seasonalNaive),
            chart.line("mean", BacktestDay::mean),
            chart.line("actual", BacktestDay::actual));
  }

  private Html grid() {
    List<Html> marks = new ArrayList<>();
    for (double tick : up.ticks(4)) {
      marks.add(
          Html.tag("line")
              .with("class", tick == 0 ? "axis" : "grid")
              .with("x1", Figures.format("%.1f", LEFT))
              .with("x2", Figures.format("%.1f", RIGHT))
              .with("y1", up.at(tick))
              .with("y2", up.at(tick))
              .empty());
      marks.add(
          Html.tag("text")
              .with("class", "tick")
              .with("text-anchor", "end")
              .with("x", Figures.format("%.1f", LEFT - 6))
              .with("y", Figures.format("%.1f", up.pixel(tick) + 4))
              .of(Figures.format(tick == Math.rint(tick) ? "%,.0f" : "%.1f", tick)));
    }
    return Html.join(marks);
  }

  private Html dates() {
    List<Html> labels = new ArrayList<>();
    for (int i = 0; i < days.size(); i += DAYS_PER_LABEL) {
      labels.add(
          Html.tag("text")
              .with("class", "tick")
              .with("text-anchor", i == 0 ? "start" : "middle")
              .with("x", across.at(i))
              .with("y", Figures.format("%.1f", HEIGHT - 8.0))
              .of(DAY.format(days.get(i).date())));
    }
    return Html.join(labels);
  }

  /** The interval as a polygon: along the upper bound and back along the lower. */
  private Html band() {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      points.add(across.at(i) + "," + up.at(days.get(i).p90()));
    }
    for (int i = days.size() - 1; i >= 0; i--) {
      points.add(across.at(i) + "," + up.at(days.get(i).p10()));
    }
    return Html.tag("polygon")
        .with("class", "band")
        .with("points", String.join(" ", points))
        .empty();
  }

  private Html line(String kind, ToDoubleFunction<BacktestDay> value) {
    List<String> points = new ArrayList<>();
    for (int i = 0; i < days.size(); i++) {
      points.add(across.at(i) + "," + up.at(value.applyAsDouble(days.get(i))));
    }
    return Html.tag("polyline")
        .with("class", kind)
        .with("points", points.stream().collect(Collectors.joining(" ")))
        .empty();
  }

  /** The legend, shown once for all charts. */
  static Html legend() {
    return Html.tag("p")
        .with("class", "legend")
        .of(
            entry("actual", "sold"),
            entry("mean", "forecast"),
            entry("band", "80 % interval"),
            entry("naive", "seasonal naive"));
  }

  private static Html entry(String kind, String text) {
    return Html.tag("span").of(Html.tag("i").with("class", "key " + kind).of(""), Html.text(text));
  }
}
