package com.posmodern.ai.model;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A sum of doubles without rounding on the way: the same to the last bit in whatever order its
 * addends come, and from however many parts. Held as an expansion of doubles that do not overlap
 * (Shewchuk, "Adaptive precision floating-point arithmetic and fast robust geometric predicates",
 * Discrete and Computational Geometry 18, 1997), as Python's {@code math.fsum}; by hand because
 * compensated sums, the ones that libraries have, still depend on the order.
 *
 * <p>Some ten times as slow as adding doubles: for one sum a series or customer, not one a day.
 */
public final class ExactSum implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Smallest first; what the sum is worth is the sum of these. */
  private double[] parts = new double[2];

  private int count;

  /** Sum of the infinities and NaNs that were added; 0 without any. */
  private double infinite;

  /**
   * A quantity as a multiple of 2⁻²⁶: plain sums of such numbers are exact up to 2²⁷, 134 million
   * units, where an exact sum for every day would be too slow.
   */
  public static double units(double quantity) {
    return Math.rint(quantity * 0x1p26) * 0x1p-26;
  }

  /** Adds a number. */
  public void add(double addend) {
    if (!Double.isFinite(addend)) {
      infinite += addend;
      return;
    }
    double carried = addend;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      double part = parts[i];
      double sum = carried + part;
      double ofPart = sum - carried;
      double error = (carried - (sum - ofPart)) + (part - ofPart);
      if (error != 0) {
        parts[kept++] = error;
      }
      carried = sum;
    }
    if (kept == parts.length) {
      parts = Arrays.copyOf(parts, 2 * kept);
    }
    parts[kept++] = carried;
    count = kept;
  }

  /** Adds what another sum is worth. */
  public void add(ExactSum other) {
    infinite += other.infinite;
    for (int i = 0; i < other.count; i++) {
      add(other.parts[i]);
    }
  }

  /** The double nearest to the sum. */
  public double value() {
    if (infinite != 0 || count == 0) {
      return infinite;
    }
    int i = count - 1;
    double sum = parts[i];
    double rest = 0;
    while (i > 0 && rest == 0) {
      double part = parts[--i];
      double larger = sum;
      sum = larger + part;
      rest = part - (sum - larger);
    }
    // Halfway between two doubles, the smaller parts decide which is nearer.
    if (i > 0 && (rest < 0) == (parts[i - 1] < 0)) {
      double twice = 2 * rest;
      double next = sum + twice;
      if (next - sum == twice) {
        return next;
      }
    }
    return sum;
  }
}
