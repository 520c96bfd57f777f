package com.posmodern.ai.replenish;

import java.util.function.LongToDoubleFunction;
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

  /** Whole units to hold where any number can be ordered. */
  static double of(double mean, double variance, double serviceLevel, double place) {
    return of(mean, variance, serviceLevel, place, 1);
  }

  /**
   * Whole units below which an order is due.
   *
   * <p>Few units hit no probability exactly: of a mean demand of 2, three units last in 86 % of the
   * periods and four in 95 %. Always taking the higher number would hold 95 % where 90 % are asked
   * for. So a share of the series takes the lower one, such that the service level is met over all.
   *
   * <p>Orders of whole batches leave more than the level: just after an order day the position is
   * with equal chance any of the numbers from the level to a batch above it (Hadley and Whitin,
   * "Analysis of Inventory Systems", 1963, section 5-2), so the probabilities of all of them are
   * averaged. A level lower than the expected demand would let a manager see an empty shelf come
   * and not order, so it is never lower than that (rounded), and never higher than without batches.
   *
   * @param place of the series among all, from 0 to 1, the same every night; below the share that
   *     takes the higher number, it takes that
   * @param batch units of the smallest order
   */
  static double of(double mean, double variance, double serviceLevel, double place, double batch) {
    if (!(mean > 0)) {
      return 0;
    }
    long high = quantile(mean, variance, serviceLevel);
    long lowest = Math.max(1, Math.round(mean));
    long units = Math.max(1, (long) batch);
    if (high == 0 || (units > 1 && high <= lowest)) {
      return high;
    }
    if (units > 1) {
      high =
          smallest(lowest - 1, high, tried -> service(mean, variance, tried, units), serviceLevel);
      if (high == lowest) {
        return lowest;
      }
    }
    double below = service(mean, variance, high - 1, units);
    double reached = service(mean, variance, high, units);
    return place * (reached - below) < serviceLevel - below ? high : high - 1.0;
  }

  /** Mean probability that demand is at most the units, one more, up to a batch less one more. */
  private static double service(double mean, double variance, long units, long batch) {
    if (batch == 1) {
      return cumulative(mean, variance, units);
    }
    // The sum of P(D > k) from the units on is the demand expected beyond them.
    double beyond =
        expectedBeyond(mean, variance, units) - expectedBeyond(mean, variance, units + batch);
    return 1 - beyond / batch;
  }

  /** Smallest number that demand does not exceed with that probability. */
  static long quantile(double mean, double variance, double probability) {
    long low = -1;
    long high = (long) Math.ceil(mean + Math.sqrt(Math.max(mean, variance)));
    while (cumulative(mean, variance, high) < probability) {
      low = high;
      high *= 2;
    }
    return smallest(low, high, tried -> cumulative(mean, variance, tried), probability);
  }

  /** Smallest number above {@code low}, at most {@code high}, whose probability suffices. */
  private static long smallest(
      long low, long high, LongToDoubleFunction probability, double suffices) {
    long tooLow = low;
    long enough = high;
    while (enough - tooLow > 1) {
      long middle = (tooLow + enough) >>> 1;
      if (probability.applyAsDouble(middle) < suffices) {
        tooLow = middle;
      } else {
        enough = middle;
      }
    }
    return enough;
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
