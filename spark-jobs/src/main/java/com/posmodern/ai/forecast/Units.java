package com.posmodern.ai.forecast;

/** What a series is sold in: pieces, or by weight. Quantiles of pieces are whole. */
enum Units {
  WHOLE,
  FRACTIONS;

  /** Ends this close to a whole number reach it. */
  private static final double ROUNDING = 1e-6;

  /** Lower end of an interval in sales units; whole units move inwards, to the next larger one. */
  double lowerEnd(double mean, double spread, double offset) {
    double end = end(mean, spread, offset);
    // Not -0, which Math.ceil makes of a tiny negative number.
    return this == WHOLE ? Math.max(0, Math.ceil(end - ROUNDING)) : end;
  }

  /** Upper end or middle of an interval in sales units; whole units move to the next smaller. */
  double upperEnd(double mean, double spread, double offset) {
    double end = end(mean, spread, offset);
    return this == WHOLE ? Math.floor(end + ROUNDING) : end;
  }

  private static double end(double mean, double spread, double offset) {
    return Math.max(0, mean + offset * spread);
  }
}
