package com.posmodern.ai.report;

import com.posmodern.ai.contract.DemandClass;
import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the orders would have achieved on past days, compared with the simple rule.
 *
 * @param covers of the baseline over all shelves, the shortest first
 * @param equal the shortest cover that meets as much demand as the advice
 * @param lines of the table: the advice and its equal, in each scope
 */
record OrderComparison(
    OrderPolicy advice, List<OrderPolicy> covers, Optional<OrderPolicy> equal, List<Line> lines) {
  /** A line of the table. */
  record Line(String name, OrderPolicy policy) {}

  /** Empty when nothing was measured over all shelves. */
  static Optional<OrderComparison> of(List<OrderPolicy> policies) {
    return policies.stream()
        .filter(one -> one.advice() && one.scope().equals(DemandClass.ALL))
        .findFirst()
        .map(
            advice -> {
              List<OrderPolicy> covers = covers(policies, DemandClass.ALL);
              return new OrderComparison(advice, covers, equal(advice, covers), lines(policies));
            });
  }

  /** Whether the baseline needs more stock for as much demand, or never meets it. */
  boolean better() {
    return equal.filter(cover -> cover.stockCover() <= advice.stockCover()).isEmpty();
  }

  String sentence() {
    String own =
        "The advice met %s of the demand (aim %s) from a stock of %s days."
            .formatted(
                Figures.tenths(advice.fillRate()),
                Figures.tenths(advice.fillRateAim()),
                Figures.format("%.1f", advice.stockCover()));
    return own
        + equal
            .map(
                cover ->
                    " The baseline needs %s days of stock for as much (%s)."
                        .formatted(Figures.format("%.1f", cover.stockCover()), named(cover)))
            .orElse(" No cover that was tried lets the baseline meet as much.");
  }

  private static List<Line> lines(List<OrderPolicy> policies) {
    List<Line> lines = new ArrayList<>();
    for (OrderPolicy one : policies) {
      if (one.advice()) {
        String scope = ", " + Figures.words(one.scope());
        lines.add(new Line("advice" + scope, one));
        equal(one, covers(policies, one.scope()))
            .ifPresent(cover -> lines.add(new Line(named(cover) + scope, cover)));
      }
    }
    return lines;
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

  private static Optional<OrderPolicy> equal(OrderPolicy advice, List<OrderPolicy> covers) {
    return covers.stream().filter(one -> one.fillRate() >= advice.fillRate()).findFirst();
  }
}
