package com.posmodern.ai.replenish;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.replenish.OrderSimulation.Outcome;
import com.posmodern.ai.replenish.OrderSimulation.Policy;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.GammaDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goods that spoil after some days, ordered every day, beside a par level that never changes. */
class ShortLivedGoodsTest {
  private static final int DAYS = 2_000;
  private static final int WEEK = 7;

  /** Weekends sell more, as the forecast knows. */
  private static double mean(int day, double weekday, double weekend) {
    return day % WEEK < 2 ? weekend : weekday;
  }

  private static Policy parLevel(double units) {
    return new Policy() {
      @Override
      public double level(int day, int until) {
        return units;
      }

      @Override
      public double quantity(double position, double level) {
        return Math.max(0, level - position);
      }

      @Override
      public double expectedLost(int day, int until, double position) {
        return 0;
      }
    };
  }

  private static double demand(double mean, double dispersion, RandomGenerator random) {
    double rate = new GammaDistribution(random, mean / (dispersion - 1), dispersion - 1).sample();
    return rate > 0 ? new PoissonDistribution(random, rate, 1e-12, 10_000).sample() : 0;
  }

  /**
   * Whatever the par level, it wastes more or loses more than the advice; and of the two next to it
   * a mixture that loses as much wastes more.
   */
  @ParameterizedTest
  @CsvSource({"2, 0.8, 6, 14, 1.5", "3, 0.9, 4, 10, 2", "2, 0.7, 20, 40, 3", "4, 0.95, 2, 4, 1.5"})
  void noParLevelWastesAndLosesAsLittleAsTheAdvice(
      int shelfLife, double service, double weekday, double weekend, double dispersion) {
    RandomGenerator random = new Well19937c(11);
    double[] means = new double[DAYS];
    Arrays.setAll(means, day -> mean(day, weekday, weekend));
    double[] demand = new double[DAYS];
    Arrays.setAll(demand, day -> demand(means[day], dispersion, random));
    int[] everyDay = IntStream.rangeClosed(1, DAYS).toArray();
    OrderSimulation shelf = new OrderSimulation(demand, everyDay, 1, shelfLife);
    OrderRule rule =
        new OrderRule(
            1,
            1,
            service,
            Double.POSITIVE_INFINITY,
            0,
            0,
            dispersion,
            LevelError.Known.NOTHING,
            0.5);

    Outcome advice = shelf.run(ShelfPolicies.advice(rule, means), weekday);

    double mixture = Double.NaN;
    Outcome less = null;
    for (int par = 1; par <= 6 * weekend; par++) {
      Outcome fixed = shelf.run(parLevel(par), weekday);
      assertThat(fixed.wasted() <= advice.wasted() && fixed.lost() <= advice.lost())
          .as("par level of %s", par)
          .isFalse();
      if (less != null && less.lost() > advice.lost() && fixed.lost() <= advice.lost()) {
        double share = (less.lost() - advice.lost()) / (less.lost() - fixed.lost());
        mixture = less.wasted() + share * (fixed.wasted() - less.wasted());
      }
      less = fixed;
    }
    assertThat(mixture).isGreaterThan(advice.wasted());
    assertThat(advice.lost() / advice.demand()).isLessThan(0.2);
  }
}
