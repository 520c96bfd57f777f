package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.report.NightReport.BacktestDay;
import com.posmodern.ai.report.NightReport.BacktestExample;
import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the charts of demand and of orders draw, and where. */
class ChartsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 5, 4);

  @Test
  void aBacktestShowsDemandTheForecastItsIntervalAndTheNaiveForecast() throws Exception {
    Picture picture = Picture.of(BacktestChart.of(backtest(28), "id"));

    assertThat(picture.words()).extracting(Picture.Words::text).contains("units a day", "7 May");
    // The interval from 10 to 30 around the mean of 20, in the same places as the curves.
    Picture.Drawn band =
        picture.drawn().stream()
            .filter(drawn -> drawn.fill().equals("var(--band)"))
            .findFirst()
            .orElseThrow();
    Picture.Drawn mean = curve(picture, "var(--blue)");
    Picture.Drawn naive = curve(picture, "var(--naive)");
    Picture.Drawn demand = curve(picture, "var(--ink)");
    double unit = (mean.top() - demand.top()) / 20;
    assertThat(unit).isPositive();
    assertThat(band.top()).isCloseTo(mean.top() - 10 * unit, within(0.3));
    assertThat(band.bottom()).isCloseTo(mean.top() + 10 * unit, within(0.3));
    assertThat(naive.top()).isCloseTo(mean.top() + 15 * unit, within(0.3));
    assertThat(demand.bottom()).isCloseTo(mean.top() + 20 * unit, within(0.3));
    // All curves go over all days, from edge to edge.
    assertThat(naive.left()).isCloseTo(demand.left(), within(0.2));
    assertThat(naive.right()).isCloseTo(demand.right(), within(0.2));
    assertThat(mean.left()).isCloseTo(demand.left(), within(0.2));
    assertThat(mean.right()).isCloseTo(demand.right(), within(0.2));
    assertThat(demand.right()).isGreaterThan(540);
    assertThat(demand.left()).isLessThan(80);
  }

  @Test
  void datesAreWeeksApartAndNoMoreThanThereIsRoomFor() throws Exception {
    assertThat(dates(28)).containsExactly("7 May", "14 May", "21 May", "28 May");
    // 84 days are 12 weeks, and 560 pixels have room for 8 dates: every second week.
    assertThat(dates(84))
        .containsExactly("14 May", "28 May", "11 Jun", "25 Jun", "9 Jul", "23 Jul");
  }

  @Test
  void ordersAreADotOnTheLineOfWhatTheBaselineCanDo() throws Exception {
    Picture picture =
        Picture.of(
            OrderChart.of(
                policy(0.9, 5), List.of(policy(0.8, 0), policy(0.85, 5), policy(0.95, 10))));

    assertThat(picture.words())
        .extracting(Picture.Words::text)
        .contains(
            "mean stock, in days of demand",
            "demand met",
            "the advice",
            "mean of 28 days, for more and more days");
    List<Picture.Drawn> dots =
        picture.drawn().stream().filter(drawn -> drawn.fill().equals("var(--blue)")).toList();
    assertThat(dots).as("the advice, and in the legend").hasSize(2);
    List<Picture.Drawn> line =
        picture.drawn().stream()
            .filter(drawn -> drawn.stroke().equals("var(--naive)") && drawn.x().size() == 2)
            .toList();
    double left = line.stream().mapToDouble(Picture.Drawn::left).min().orElseThrow();
    assertThat(picture.drawn().stream().filter(d -> d.fill().equals("var(--naive)")))
        .as("a dot for each cover, and in the legend")
        .hasSize(4);
    assertThat(middle(dots.get(0))).isGreaterThan(left);
    assertThat(dots.get(0).right() - dots.get(0).left()).isCloseTo(10, within(0.2));
    assertThat(picture.words()).extracting(Picture.Words::text).anyMatch(t -> t.endsWith("%"));
  }

  private static double middle(Picture.Drawn drawn) {
    return (drawn.left() + drawn.right()) / 2;
  }

  private static Picture.Drawn curve(Picture picture, String stroke) {
    List<Picture.Drawn> parts =
        picture.drawn().stream()
            .filter(drawn -> drawn.stroke().equals(stroke) && drawn.x().size() > 1)
            .filter(drawn -> !drawn.fill().equals(stroke) || drawn.x().size() == 2)
            .toList();
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    parts.forEach(part -> x.addAll(part.x()));
    parts.forEach(part -> y.addAll(part.y()));
    return new Picture.Drawn("none", stroke, x, y);
  }

  private static List<String> dates(int days) throws Exception {
    return Picture.of(BacktestChart.of(backtest(days), "id")).words().stream()
        .map(Picture.Words::text)
        .filter(text -> text.matches("\\d+ [A-Z][a-z]+"))
        .toList();
  }

  /** Demand is 0 and 40 by turns, and on average the forecast. */
  private static BacktestExample backtest(int days) {
    List<BacktestDay> all = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      all.add(new BacktestDay(FIRST.plusDays(day), day % 2 * 40, 20, 10, 30, 5));
    }
    return new BacktestExample("S1", "Tea", "smooth", all);
  }

  private static OrderPolicy policy(double fillRate, double stockCover) {
    return new OrderPolicy(
        true, 0, "all", fillRate, Optional.empty(), 0.9, 0.95, stockCover, 100, 1, 0, 1);
  }
}
