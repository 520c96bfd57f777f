package com.posmodern.ai.replenish;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/**
 * The stock that lasts through a period with a given probability, where demand of the period has
 * the negative binomial distribution of a mean and a variance; Poisson's where the variance is not
 * larger. Gamma-distributed uncertainty of the level leaves it a negative binomial.
 */
final class OrderLevel {
  /** Variance ÷ mean below which the two distributions cannot be told apart. */
  private static final double POISSON = 1 + 1e-6;

  private OrderLevel() {}

  /**
   * Whole units to hold.
   *
   * <p>Few units hit no probability exactly: of a mean demand of 2, three units last in 86 % of the
   * periods and four in 95 %. Always taking the higher number would hold 95 % where 90 % are asked
   * for. So a share of the series takes the lower one, such that the service level is met over all.
   *
   * @param place of the series among all, from 0 to 1, the same every night; below the share that
   *     takes the higher number, it takes that
   */
  static double of(double mean, double variance, double serviceLevel, double place) {
    if (!(mean > 0)) {
      return 0;
    }
    long high = quantile(mean, variance, serviceLevel);
    if (high == 0) {
      return 0;
    }
    double below = cumulative(mean, variance, high - 1);
    double reached = cumulative(mean, variance, high);
    return place * (reached - below) < serviceLevel - below ? high : high - 1.0;
  }

  /** Smallest number that demand does not exceed with that probability. */
  static long quantile(double mean, double variance, double probability) {
    long low = -1;
    long high = (long) Math.ceil(mean + Math.sqrt(Math.max(mean, variance)));
    while (cumulative(mean, variance, high) < probability) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (cumulative(mean, variance, middle) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * Mean of the demand beyond that many units, E[(D - S)+] = E[D; D > S] - S P(D > S). With k f(k)
   * = mean × f(k - 1) of the distribution with a shape larger by one (Poisson's own), the first
   * term is the mean times a probability.
   */
  static double expectedBeyond(double mean, double variance, long units) {
    if (!(mean > 0)) {
      return 0;
    }
    if (units <= 0) {
      return mean;
    }
    double atLeast;
    if (variance <= mean * POISSON) {
      atLeast = 1 - Gamma.regularizedGammaQ((double) units, mean);
    } else {
      double shape = mean * mean / (variance - mean);
      atLeast = 1 - Beta.regularizedBeta(mean / variance, shape + 1, (double) units);
    }
    return Math.max(0, mean * atLeast - units * (1 - cumulative(mean, variance, units)));
  }

  /** Probability that demand is at most that many units. */
  static double cumulative(double mean, double variance, long units) {
    if (variance <= mean * POISSON) {
      return Gamma.regularizedGammaQ(units + 1.0, mean);
    }
    double shape = mean * mean / (variance - mean);
    return Beta.regularizedBeta(mean / variance, shape, units + 1.0);
  }
}
