package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;

/** The middle of values, which a few wild ones do not move. */
final class Medians {
  /** Makes the median absolute deviation of normal values their standard deviation. */
  static final double MAD_TO_DEVIATION = 1.4826;

  private Medians() {}

  /** Of one value at least. */
  static double of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
