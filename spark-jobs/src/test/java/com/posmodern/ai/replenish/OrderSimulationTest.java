package com.posmodern.ai.replenish;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.replenish.OrderSimulation.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OrderSimulationTest {
  private static final OrderRule SINGLE_UNITS =
      new OrderRule(1, 1, 0.95, Double.POSITIVE_INFINITY, 0, 0, 1, 0, 0.5);

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

  /** The backtest follows the very rule that the advice follows. */
  @Test
  void theRuleIsThatOfTheAdvice() {
    Random random = new Random(3);
    LocalDate asOf = LocalDate.of(2026, 6, 30);
    Shops shops = new Shops(asOf);
    for (int p = 0; p < 60; p++) {
      shops
          .forecast("s1", "p" + p, random.nextInt(40) / 8.0, null)
          .count("s1", "p" + p, asOf, random.nextInt(60))
          .terms(
              "p" + p,
              "ALL",
              "x",
              Map.of(
                  "pack_size",
                  1 + p % 5,
                  "minimum_order",
                  p % 7,
                  "lead_time",
                  1 + p % 4,
                  "lead_time_spread",
                  p % 3,
                  "presentation_minimum",
                  p % 4 == 0 ? 6 : 0,
                  "maximum_stock",
                  p % 6 == 0 ? 20 : 500));
    }
    List<Row> advice = shops.advice();
    Map<String, Double> places =
        shops
            .input()
            .forecast()
            .select(col("product_id"), ForecastDemand.place())
            .distinct()
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(row -> row.getString(0), row -> row.getDouble(1)));

    for (Row row : advice) {
      int p = Integer.parseInt(row.<String>getAs("product_id").substring(1));
      OrderRule rule =
          new OrderRule(
              row.<Integer>getAs("pack_size"),
              row.<Double>getAs("minimum_order"),
              0.95,
              row.<Double>getAs("maximum_stock"),
              row.<Double>getAs("presentation_minimum"),
              p % 3,
              1.0,
              0,
              places.get("p" + p));
      int days = 7 + row.<Integer>getAs("lead_time");
      double level = rule.level(row.<Double>getAs("expected_demand"), days);
      assertThat(row.<Double>getAs("reorder_level")).as("p%s", p).isEqualTo(level);
      assertThat(row.<Double>getAs("order_quantity"))
          .as("p%s", p)
          .isEqualTo(rule.quantity(row.<Double>getAs("on_hand"), level));
    }
    assertThat(advice).hasSize(60);
  }

  @Test
  void theMeanBeyondALevelByHand() {
    // Poisson of mean 1: E[(D - 1)+] = P(0) = 1/e; beyond 0 it is the mean.
    assertThat(OrderLevel.expectedBeyond(1, 1, 1)).isCloseTo(1 / Math.E, within(1e-6));
    assertThat(OrderLevel.expectedBeyond(1, 1, 0)).isCloseTo(1, within(1e-6));
    assertThat(OrderLevel.expectedBeyond(200, 900, 0)).isCloseTo(200, within(1e-3));
  }
}
