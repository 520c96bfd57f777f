package com.posmodern.ai.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels.
 *
 * @param low value at the pixel {@code from}
 * @param high value at the pixel {@code to}
 */
record Axis(double low, double high, double from, double to) {
  double pixel(double value) {
    return high == low ? (from + to) / 2 : from + (value - low) / (high - low) * (to - from);
  }

  String at(double value) {
    return Figures.format("%.1f", pixel(value));
  }

  /** Round values inside the axis, approximately the requested number. */
  List<Double> ticks(int wished) {
    double rough = (high - low) / Math.max(1, wished);
    if (!(rough > 0)) {
      return List.of(low);
    }
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = magnitude;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * magnitude;
      if (step >= rough) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step); i * step <= high + step / 1e6; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }
}
