package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.report.NightReport.OrderPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrderComparisonTest {
  @Test
  void theBaselineIsTakenAtTheShortestCoverThatMeetsAsMuchDemand() {
    OrderComparison compared =
        OrderComparison.of(
                List.of(
                    cover("all", 9, 0.99, 15),
                    advice("all", 0.95, 8),
                    cover("all", 2, 0.90, 7),
                    cover("all", 5, 0.95, 11),
                    advice("slow_movers", 0.9, 20),
                    cover("slow_movers", 1, 0.8, 21)))
            .orElseThrow();

    assertThat(compared.covers()).extracting(OrderPolicy::moreDays).containsExactly(2, 5, 9);
    assertThat(compared.equal()).map(OrderPolicy::moreDays).contains(5);
    assertThat(compared.better()).isTrue();
    assertThat(compared.sentence())
        .isEqualTo(
            "The advice met 95.0 % of the demand (aim 97.0 %) from a stock of 8.0 days."
                + " The baseline needs 11.0 days of stock for as much"
                + " (mean of 28 days, 5 days more).");
    assertThat(compared.lines())
        .extracting(OrderComparison.Line::name)
        .containsExactly("advice, all", "mean of 28 days, 5 days more, all", "advice, slow movers");
  }

  @Test
  void anAdviceThatNeedsAsMuchStockIsNotBetter() {
    assertThat(compared(advice("all", 0.95, 8), cover("all", 5, 0.95, 8)).better()).isFalse();
    assertThat(compared(advice("all", 0.95, 8), cover("all", 5, 0.95, 7)).better()).isFalse();
    OrderComparison unequalled = compared(advice("all", 0.95, 8), cover("all", 5, 0.94, 7));
    assertThat(unequalled.better()).isTrue();
    assertThat(unequalled.sentence())
        .endsWith("8.0 days. No cover that was tried lets the baseline meet as much.");
  }

  @Test
  void withoutAFigureForAllShelvesNothingIsCompared() {
    assertThat(OrderComparison.of(List.of(cover("all", 5, 0.9, 7), advice("smooth", 0.9, 7))))
        .isEmpty();
  }

  private static OrderComparison compared(OrderPolicy... policies) {
    return OrderComparison.of(List.of(policies)).orElseThrow();
  }

  private static OrderPolicy advice(String scope, double fillRate, double stockCover) {
    return policy(true, 0, scope, fillRate, stockCover);
  }

  private static OrderPolicy cover(String scope, int more, double fillRate, double stockCover) {
    return policy(false, more, scope, fillRate, stockCover);
  }

  private static OrderPolicy policy(
      boolean advice, int more, String scope, double fillRate, double stockCover) {
    return new OrderPolicy(
        advice, more, scope, fillRate, Optional.of(0.97), 0.9, 0.95, stockCover, 100, 1, 0, 1);
  }
}
