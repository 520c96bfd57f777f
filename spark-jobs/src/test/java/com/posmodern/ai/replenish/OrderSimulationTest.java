package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.replenish.OrderSimulation.Outcome;
import org.junit.jupiter.api.Test;

class OrderSimulationTest {
  private static final OrderRule SINGLE_UNITS =
      new OrderRule(1, 1, 0.95, Double.POSITIVE_INFINITY, 0, 0, 1, LevelError.Known.NOTHING, 0.5);

  @Test
  void twoCyclesByHand() {
    // Orders on days 1, 4 and 7 arrive a day later; day 2 to day 7 are two whole cycles.
    double[] demand = {2, 2, 2, 9, 2, 2, 2, 2};
    OrderSimulation shelf = new OrderSimulation(demand, new int[] {1, 4, 7}, 1, 1_000);

    // Level 2 × 4 days = 8; at first 8 - 2 × 3 = 2 units, which day 1 takes.
    Outcome outcome = shelf.run(ShelfPolicies.meanCover(SINGLE_UNITS, 2, 0), 2);

    // Day 1 orders 6: day 2 ends with 4, day 3 with 2. Day 4 orders 6 and sells 2 of 9. Day 5 gets
    // 6 and ends with 4, day 6 with 2; day 7 orders 6 and ends with 0.
    assertThat(outcome.days()).isEqualTo(6);
    assertThat(outcome.cycles()).isEqualTo(2);
    assertThat(outcome.soldOutCycles()).isEqualTo(1);
    assertThat(outcome.demand()).isEqualTo(19);
    assertThat(outcome.lost()).isEqualTo(7);
    assertThat(outcome.stock()).isEqualTo(4 + 2 + 0 + 4 + 2 + 0);
    assertThat(outcome.orders()).isEqualTo(2);
    assertThat(outcome.wasted()).isZero();
  }

  @Test
  void whatIsNotSoldWithinItsShelfLifeIsWaste() {
    double[] demand = {0, 1, 0, 0, 1, 0, 0, 0};
    OrderSimulation shelf = new OrderSimulation(demand, new int[] {1, 4, 7}, 1, 2);

    Outcome outcome = shelf.run(ShelfPolicies.meanCover(SINGLE_UNITS, 1, 0), 1);

    // Two days covered and the lead time: level 3. What arrives on day 2 spoils when day 3 closes.
    assertThat(outcome.wasted()).isEqualTo(4);
    assertThat(outcome.lost()).isZero();
  }

  @Test
  void withoutAWholeCycleNothingIsJudged() {
    assertThat(new OrderSimulation(new double[7], new int[] {1, 8}, 3, 9).isJudgeable()).isFalse();
    assertThat(new OrderSimulation(new double[10], new int[] {1, 8}, 3, 9).isJudgeable()).isTrue();
  }
}
