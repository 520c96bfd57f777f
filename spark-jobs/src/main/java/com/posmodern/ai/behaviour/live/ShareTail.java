package com.posmodern.ai.behaviour.live;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** How likely it is that so many of a number have something, when their share is uncertain. */
final class ShareTail {
  private static final double LEAST_CORRELATION = 1e-6;
  private static final double MOST_CORRELATION = 0.5;

  private ShareTail() {}

  /**
   * Probability of at least so many: a beta-binomial distribution.
   *
   * @param rate its mean is a share between 0 and 1
   */
  static double atLeast(long counted, long of, Rates.Rate rate) {
    double mean = Math.min(0.999, Math.max(0.001, rate.mean()));
    double correlation =
        Math.min(
            MOST_CORRELATION, Math.max(LEAST_CORRELATION, rate.differences() * mean / (1 - mean)));
    double a = mean * (1 - correlation) / correlation;
    double b = (1 - mean) * (1 - correlation) / correlation;
    double whole = Beta.logBeta(a, b);
    double sum = 0;
    for (long k = counted; k <= of; k++) {
      sum +=
          Math.exp(
              Gamma.logGamma(of + 1.0)
                  - Gamma.logGamma(k + 1.0)
                  - Gamma.logGamma(of - k + 1.0)
                  + Beta.logBeta((double) k + a, (double) (of - k) + b)
                  - whole);
    }
    return Math.min(1, sum);
  }
}
