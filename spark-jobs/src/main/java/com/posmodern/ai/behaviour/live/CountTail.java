package com.posmodern.ai.behaviour.live;

import org.apache.commons.math3.special.Beta;

/**
 * How likely a count is when the level behind it is uncertain: Poisson with a gamma-distributed
 * level, a negative binomial.
 *
 * <p>What was counted until now narrows the level (Gelman et al., "Bayesian Data Analysis", 3rd
 * edition, section 2.6), so a day that sells half of what is usual is not taken for a fault all day
 * long. Hours of a day differ among each other, too: what was counted weighs {@value #TRUST} of
 * what it would if they did not.
 */
record CountTail(double shape, double rate) {
  private static final double TRUST = 0.5;

  /**
   * Before anything was counted.
   *
   * @param differences variance of levels whose mean is 1
   */
  static CountTail of(double differences) {
    return new CountTail(1 / differences, 1 / differences);
  }

  CountTail after(long counted, double expected) {
    return new CountTail(shape + TRUST * (double) counted, rate + TRUST * expected);
  }

  double level() {
    return shape / rate;
  }

  /** Probability of no event where so many are expected at a level of 1. */
  double none(double expected) {
    return Math.pow(rate / (rate + expected), shape);
  }

  double atLeast(long counted, double expected) {
    if (counted <= 0) {
      return 1;
    }
    return expected > 0
        ? Beta.regularizedBeta(expected / (rate + expected), (double) counted, shape)
        : 0;
  }

  double atMost(long counted, double expected) {
    return expected > 0
        ? Beta.regularizedBeta(rate / (rate + expected), shape, (double) counted + 1)
        : 1;
  }
}
