package com.posmodern.ai.report;

import static com.posmodern.ai.report.HtmlPage.paragraph;
import static com.posmodern.ai.report.HtmlPage.section;

import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the orders would have done on days that are over, beside the simple rule. */
final class OrderBacktestSection {
  private static final String ALL = "all";

  private OrderBacktestSection() {}

  static Html of(NightReport report) {
    return section(
        "order-backtest",
        "Had the advice been followed",
        report.orderBacktest().html(OrderBacktestSection::policies));
  }

  private static Html policies(List<OrderPolicy> policies) {
    Optional<OrderPolicy> advice =
        policies.stream().filter(one -> one.advice() && one.scope().equals(ALL)).findFirst();
    if (advice.isEmpty()) {
      return paragraph("soft", "No shelf had a whole order cycle within the backtest.");
    }
    List<OrderPolicy> covers = covers(policies, ALL);
    Optional<OrderPolicy> equal = equal(advice.get(), covers);
    List<Html> rows = new ArrayList<>();
    for (OrderPolicy one : policies) {
      if (one.advice()) {
        rows.add(row("advice, " + Figures.words(one.scope()), one));
        equal(one, covers(policies, one.scope()))
            .ifPresent(
                cover -> rows.add(row(named(cover) + ", " + Figures.words(one.scope()), cover)));
      }
    }
    return Html.join(
        paragraph(
            equal.filter(cover -> cover.stockCover() <= advice.get().stockCover()).isPresent()
                ? "attention"
                : "good",
            sentence(advice.get(), equal)),
        paragraph(
            "soft",
            "Simulated from each origin of the forecast's backtest, with what was known on that day;"
                + " the baseline orders up to the mean of 28 days for the same days and so many"
                + " more. Demand is what was sold: what an empty shelf would have sold is unknown."),
        OrderChart.of(advice.get(), covers),
        Html.table(
            List.of(
                "orders",
                "#fill rate",
                "#aim",
                "#cycles without loss",
                "#aim",
                "#stock, days",
                "#stock, units",
                "#lost units",
                "#wasted units",
                "#orders a week"),
            rows.stream()));
  }

  private static String sentence(OrderPolicy advice, Optional<OrderPolicy> equal) {
    String own =
        "The advice met %s of the demand (aim %s) from a stock of %s days."
            .formatted(
                percent(advice.fillRate()),
                percent(advice.fillRateAim().orElse(Double.NaN)),
                Figures.format("%.1f", advice.stockCover()));
    return own
        + equal
            .map(
                cover ->
                    " The baseline needs %s days of stock for as much (%s)."
                        .formatted(Figures.format("%.1f", cover.stockCover()), named(cover)))
            .orElse(" The baseline reaches that with no cover tried.");
  }

  private static String named(OrderPolicy cover) {
    return "mean of 28 days, " + cover.moreDays() + " days more";
  }

  private static List<OrderPolicy> covers(List<OrderPolicy> policies, String scope) {
    return policies.stream()
        .filter(one -> !one.advice() && one.scope().equals(scope))
        .sorted(Comparator.comparingInt(OrderPolicy::moreDays))
        .toList();
  }

  /** The shortest cover that meets as much demand. */
  private static Optional<OrderPolicy> equal(OrderPolicy advice, List<OrderPolicy> covers) {
    return covers.stream().filter(one -> one.fillRate() >= advice.fillRate()).findFirst();
  }

  private static Html row(String name, OrderPolicy one) {
    return Html.row(
        Html.tag("td").with("class", "name").of(name),
        Html.number(percent(one.fillRate())),
        Html.number(one.fillRateAim().map(OrderBacktestSection::percent).orElse("–")),
        Html.number(percent(one.cycleService())),
        Html.number(percent(one.serviceLevel())),
        Html.number(Figures.format("%.1f", one.stockCover())),
        Html.number(Figures.quantity(one.meanStock())),
        Html.number(Figures.quantity(one.lostUnits())),
        Html.number(Figures.quantity(one.wastedUnits())),
        Html.number(Figures.format("%.2f", one.ordersPerWeek())));
  }

  private static String percent(double share) {
    return Double.isFinite(share) ? Figures.format("%.1f %%", 100 * share) : "–";
  }
}
