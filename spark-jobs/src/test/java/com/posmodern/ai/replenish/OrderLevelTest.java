package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderLevelTest {
  private static final int SERIES = 100;
  private static final int CYCLES = 40;

  @Test
  void cumulativeProbabilitiesOfSmallDistributionsByHand() {
    // Poisson of mean 1: P(0) = 1/e, P(at most 1) = 2/e.
    assertThat(OrderLevel.cumulative(1, 1, 0)).isCloseTo(1 / Math.E, within(1e-12));
    assertThat(OrderLevel.cumulative(1, 1, 1)).isCloseTo(2 / Math.E, within(1e-12));
    // Variance twice the mean of 1: geometric with p = 1/2.
    assertThat(OrderLevel.cumulative(1, 2, 0)).isCloseTo(0.5, within(1e-12));
    assertThat(OrderLevel.cumulative(1, 2, 2)).isCloseTo(0.875, within(1e-12));
  }

  @Test
  void betweenTwoNumbersOfUnitsTheSharesOfTheSeriesMeetTheServiceLevel() {
    // Geometric: at most 3 with 15/16, at most 2 with 14/16; 90 % lie 0.4 of the way.
    assertThat(OrderLevel.of(1, 2, 0.9, 0.39)).isEqualTo(3);
    assertThat(OrderLevel.of(1, 2, 0.9, 0.41)).isEqualTo(2);
    assertThat(OrderLevel.of(0, 0, 0.9, 0.5)).isZero();
    assertThat(OrderLevel.of(0.01, 0.01, 0.9, 0.99)).isZero();
  }

  /** What a batch leaves above the level counts: on average over all positions. */
  @ParameterizedTest
  @CsvSource({"20, 1, 6", "20, 3, 12", "60, 3, 24", "8, 1, 4", "60, 1, 10"})
  void batchesLowerTheLevelAndTheServiceLevelIsAchieved(double mean, double dispersion, int batch) {
    RandomGenerator random = new Well19937c(42);
    for (double service : new double[] {0.9, 0.95, 0.98}) {
      double most = OrderLevel.of(mean, dispersion * mean, service, 0);
      int kept = 0;
      double lowest = most;
      for (int cycle = 0; cycle < 4_000; cycle++) {
        double place = cycle * 0.618 % 1;
        double level = OrderLevel.of(mean, dispersion * mean, service, place, batch);
        kept += demand(mean, dispersion, random) <= level + cycle % batch ? 1 : 0;
        lowest = Math.min(lowest, level);
      }
      assertThat(lowest).isLessThan(most).isGreaterThanOrEqualTo(mean);
      assertThat(kept / 4_000.0)
          .as("cycle service of %s", service)
          .isBetween(service - 0.02, lowest > mean ? service + 0.02 : 1);
    }
  }

  @Test
  void noBatchMakesAShelfThatSellsWaitUntilItIsEmpty() {
    // Three units in a period, in boxes of 100: without the bound one unit would do.
    assertThat(OrderLevel.of(3, 3, 0.95, 0.99, 100)).isEqualTo(3);
    assertThat(OrderLevel.of(0.01, 0.01, 0.9, 0.5, 100)).isZero();
    assertThat(OrderLevel.of(0.3, 0.3, 0.95, 0, 100)).isEqualTo(1);
  }

  @Test
  void theMeanBeyondALevelByHand() {
    // Poisson of mean 1: E[(D - 1)+] = P(0) = 1/e; beyond 0 it is the mean.
    assertThat(OrderLevel.expectedBeyond(1, 1, 1)).isCloseTo(1 / Math.E, within(1e-6));
    assertThat(OrderLevel.expectedBeyond(1, 1, 0)).isCloseTo(1, within(1e-6));
    assertThat(OrderLevel.expectedBeyond(200, 900, 0)).isCloseTo(200, within(1e-3));
    assertThat(OrderLevel.expectedBeyond(0, 0, 0)).isZero();
    // Geometric with p = 1/2, as above: E[(D - 1)+] = E[D] - P(D > 0) = 1/2.
    assertThat(OrderLevel.expectedBeyond(1, 2, 1)).isCloseTo(0.5, within(1e-12));
    assertThat(OrderLevel.expectedBeyond(1, 2, 60)).isCloseTo(0, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 50, 3_000, 200_000})
  void largeDemandIsNormal(double mean) {
    double level = OrderLevel.of(mean, 3 * mean, 0.95, 0);

    assertThat((level - mean) / Math.sqrt(3 * mean)).isCloseTo(1.645, within(mean < 9 ? 1.2 : 0.3));
  }

  /** Negative binomial demand of ten days; the level is right, or off by a factor within 15 %. */
  @ParameterizedTest
  @CsvSource({
    "0.2, 1, 0",
    "0.2, 3, 0",
    "0.2, 5, 0",
    "1, 1, 0",
    "1, 5, 0",
    "5, 1, 0",
    "5, 3, 0",
    "20, 1, 0",
    "20, 5, 0",
    "0.2, 1, 0.15",
    "0.2, 5, 0.15",
    "1, 3, 0.15",
    "5, 1, 0.15",
    "5, 5, 0.15",
    "20, 1, 0.15",
    "20, 3, 0.15",
    "20, 5, 0.15"
  })
  void theServiceLevelIsAchieved(double daily, double dispersion, double offBy) {
    double mean = 10 * daily;
    double variance = dispersion * mean + offBy * offBy / 3 * mean * mean;
    for (double service : new double[] {0.9, 0.95, 0.98}) {
      RandomGenerator random = new Well19937c(42);
      int kept = 0;
      for (int series = 0; series < SERIES; series++) {
        double level = OrderLevel.of(mean, variance, service, (series + 0.5) / SERIES);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
          double trueMean = mean * (1 + offBy * (2 * random.nextDouble() - 1));
          kept += demand(trueMean, dispersion, random) <= level ? 1 : 0;
        }
      }
      assertThat((double) kept / SERIES / CYCLES)
          .as("cycle service of %s", service)
          .isCloseTo(service, within(0.02));
    }
  }

  private static int demand(double mean, double dispersion, RandomGenerator random) {
    double rate =
        dispersion > 1
            ? new GammaDistribution(random, mean / (dispersion - 1), dispersion - 1).sample()
            : mean;
    return rate > 0 ? new PoissonDistribution(random, rate, 1e-12, 10_000).sample() : 0;
  }
}
