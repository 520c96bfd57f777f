package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.replenish.OrderSimulation.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule in packs of six, at least twelve, at most forty on hand and on order. */
class OrderRuleTest {
  private static final OrderRule RULE =
      new OrderRule(6, 12, 0.95, 40, 0, 0, 1, LevelError.Known.NOTHING, 0);

  private static OrderRule rule(double shown, double spread, double dispersion, double error) {
    return new OrderRule(
        1,
        1,
        0.95,
        Double.POSITIVE_INFINITY,
        shown,
        spread,
        dispersion,
        LevelError.Known.of(error),
        0);
  }

  @ParameterizedTest
  @CsvSource({
    "10, 10, 0", // at the level
    "9.5, 10, 0", // part of a unit counts as one
    "9, 10, 12", // one is missing: the smallest order
    "0, 13, 18", // whole packs
    "0, 12, 12",
    "20, 40, 18", // twenty fit, three packs of them
    "28, 40, 12",
    "29, 40, 0", // less than the smallest order fits
  })
  void ordersAreWholePacksThatFit(double position, double level, double quantity) {
    assertThat(RULE.quantity(position, level)).isEqualTo(quantity);
  }

  @Test
  void theSmallestOrderFitsEvenWhereLessStockIsAllowed() {
    OrderRule small = new OrderRule(6, 12, 0.95, 5, 0, 0, 1, LevelError.Known.NOTHING, 0);
    assertThat(small.level(100, 7)).isEqualTo(12);
    assertThat(small.quantity(0, 12)).isEqualTo(12);
  }

  @Test
  void theLevelIsCutToWhatFits() {
    assertThat(RULE.level(10, 7)).isEqualTo(OrderLevel.of(10, RULE.variance(10, 7), 0.95, 0, 12));
    assertThat(RULE.level(100, 7)).isEqualTo(40);
  }

  @Test
  void whatStandsOnTheShelfComesOnTopOfTheDemand() {
    assertThat(rule(30, 0, 1, 0).level(2.5, 7)).isEqualTo(33);
    assertThat(rule(0.1, 0, 1, 0).level(50, 7)).isEqualTo(rule(0, 0, 1, 0).level(50, 7));
  }

  @Test
  void theVarianceHasFourPartsByHand() {
    // 14 units of 7 days, 2 a day: of the demand itself 14, learned from 56 days 14² × 7 / (14 ×
    // 56).
    assertThat(rule(0, 0, 1, 0).variance(14, 7)).isCloseTo(14 + 1.75, within(1e-9));
    assertThat(rule(0, 0, 3, 0).variance(14, 7)).isCloseTo(3 * (14 + 1.75), within(1e-9));
    assertThat(rule(0, 0, 1, 0.25).variance(14, 7)).isCloseTo(15.75 + 49, within(1e-9));
    assertThat(rule(0, 3, 1, 0).variance(14, 7)).isCloseTo(15.75 + 36, within(1e-9));
    assertThat(rule(0, 3, 1, 0.25).variance(0, 7)).isZero();
  }

  @Test
  void theAdviceGoesOnWithTheForecastsLastWeek() {
    OrderRule rule = rule(0, 0, 1, 0);
    Policy policy = ShelfPolicies.advice(rule, new double[] {90, 1, 2, 3, 4, 5, 6, 7});
    assertThat(policy.level(2, 4)).isEqualTo(rule.level(1 + 2 + 3, 3));
    assertThat(policy.level(8, 10)).isEqualTo(rule.level(7 + 4 + 4, 3));
    assertThat(ShelfPolicies.advice(rule, new double[] {6, 8}).level(3, 3))
        .isEqualTo(rule.level(7, 1));
    assertThat(ShelfPolicies.advice(rule, new double[0]).level(1, 7)).isZero();
    assertThat(policy.quantity(3, 9)).isEqualTo(6);
  }

  @Test
  void theAdviceExpectsToLoseTheDemandBeyondItsPosition() {
    OrderRule rule = rule(0, 0, 1, 0);
    Policy policy = ShelfPolicies.advice(rule, new double[] {1, 2, 3});
    assertThat(policy.expectedLost(1, 3, 4.9))
        .isEqualTo(OrderLevel.expectedBeyond(6, rule.variance(6, 3), 4))
        .isPositive();
  }

  @Test
  void theBaselineCoversSoManyMoreDays() {
    Policy policy = ShelfPolicies.meanCover(RULE, 2.1, 3);
    assertThat(policy.level(1, 7)).isEqualTo(21);
    assertThat(policy.level(7, 7)).isEqualTo(9);
    assertThat(policy.quantity(20, 21)).isEqualTo(12);
    assertThat(policy.expectedLost(1, 7, 0)).isZero();
  }
}
