package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shelves with planted demand: half of them even, half of them with a variance of four means. */
class OrderBacktestTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final int SHELVES = 120;

  private static List<Row> rows;

  @BeforeAll
  static void follow() {
    RandomGenerator random = new Well19937c(7);
    Shops shops = new Shops(AS_OF);
    for (int shelf = 0; shelf < SHELVES; shelf++) {
      double mean = 0.5 + shelf % 12;
      double dispersion = shelf % 2 == 0 ? 1 : 4;
      String product = "p" + shelf;
      shops.forecast("s1", product, mean, null);
      for (int back = 170; back >= 0; back--) {
        double demand = demand(mean, dispersion, random);
        LocalDate day = AS_OF.minusDays(back);
        if (demand > 0) {
          shops.demand("s1", product, day, demand, false);
        }
        if (back < 56) {
          LocalDate origin = AS_OF.minusDays(back < 28 ? 28 : 56);
          int ahead = back < 28 ? 28 - back : 56 - back;
          shops.backtest("s1", product, origin, ahead, mean, demand);
        }
      }
    }
    rows = Orders.of(shops.input(), Shops.SETTINGS).backtest().orElseThrow().collectAsList();
  }

  private static double demand(double mean, double dispersion, RandomGenerator random) {
    double rate =
        dispersion > 1
            ? new GammaDistribution(random, mean / (dispersion - 1), dispersion - 1).sample()
            : mean;
    return rate > 0 ? new PoissonDistribution(random, rate, 1e-12, 10_000).sample() : 0;
  }

  private static Row advice(String scope) {
    return rows.stream()
        .filter(row -> row.getAs("policy").equals("advice") && row.getAs("scope").equals(scope))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void serviceAndFillRateAreThoseThatWereAimedAt() {
    Row advice = advice("all");

    // Two origins of 28 days; of their four orders three cycles are whole.
    assertThat(advice.<Long>getAs("shelves")).isEqualTo(2 * SHELVES);
    assertThat(advice.<Long>getAs("cycles")).isEqualTo(3 * 2 * SHELVES);
    assertThat(advice.<Double>getAs("cycle_service")).isCloseTo(0.95, within(0.03));
    assertThat(advice.<Double>getAs("fill_rate"))
        .isCloseTo(advice.<Double>getAs("fill_rate_aim"), within(0.01));
    assertThat(advice("smooth").<Double>getAs("fill_rate"))
        .isEqualTo(advice.<Double>getAs("fill_rate"));
  }

  @Test
  void theBaselineNeedsMoreStockForTheSameFillRate() {
    Row advice = advice("all");

    Row baseline =
        rows.stream()
            .filter(row -> row.getAs("policy").equals("mean_cover"))
            .filter(row -> row.getAs("scope").equals("all"))
            .filter(row -> row.<Double>getAs("fill_rate") >= advice.<Double>getAs("fill_rate"))
            .min(Comparator.comparing(row -> row.<Integer>getAs("more_days")))
            .orElseThrow();
    assertThat(baseline.<Double>getAs("mean_stock"))
        .isGreaterThan(advice.<Double>getAs("mean_stock"));
    assertThat(baseline.<Double>getAs("demand")).isEqualTo(advice.<Double>getAs("demand"));
  }
}
