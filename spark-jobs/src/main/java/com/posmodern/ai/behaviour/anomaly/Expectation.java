package com.posmodern.ai.behaviour.anomaly;

/**
 * What was expected of a day.
 *
 * @param centre expected value
 * @param lower 10 % quantile
 * @param upper 90 % quantile
 * @param scale standard deviation that a deviation is measured in
 * @param basis where the centre comes from
 */
record Expectation(double centre, double lower, double upper, double scale, Basis basis) {
  /** Half the width of a normal 80 % interval, in standard deviations. */
  static final double QUANTILE_90 = 1.2816;

  /** Nothing is expected to be quite impossible. */
  private static final double LEAST_EXPECTED = 0.1;

  /** Where an expectation comes from. */
  enum Basis {
    /** The forecast that an earlier night published for the day. */
    FORECAST,
    /** The same weekdays of the weeks before, as no earlier night has published the day. */
    HISTORY
  }

  /** An expectation whose 80 % interval is that of a normal distribution, cut off at zero. */
  static Expectation normal(double centre, double scale, Basis basis) {
    double half = QUANTILE_90 * scale;
    return new Expectation(centre, Math.max(0, centre - half), centre + half, scale, basis);
  }

  /** The same with something more that is not known, as a standard deviation. */
  Expectation widened(double more) {
    return new Expectation(centre, lower, upper, Math.hypot(scale, more), basis);
  }

  /**
   * How far a count lies from what was expected, in standard deviations: the signed root of the
   * deviance of a Poisson distribution, widened to the variance (quasi-likelihood; McCullagh and
   * Nelder, Generalized Linear Models, 1989, section 9.2). Unlike the plain difference it does not
   * take the long upper tail of small counts for something extraordinary, and sees that zero in
   * place of twenty is.
   */
  static double deviations(double observed, double centre, double variance) {
    if (observed == centre) {
      return 0;
    }
    double mean = Math.max(centre, LEAST_EXPECTED);
    double logarithm = observed > 0 ? observed * Math.log(observed / mean) : 0;
    double deviance = 2 * Math.max(0, logarithm - (observed - mean));
    double dispersion = variance / Math.max(centre, 1);
    return Math.signum(observed - centre) * Math.sqrt(deviance / dispersion);
  }
}
