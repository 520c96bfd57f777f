package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;
import java.util.List;

/** Days of one series of which only demand, and what was forecast, is told. */
final class PlainSeries {
  private PlainSeries() {}

  static SeriesDays of(double[] demand) {
    double[] none = filled(demand.length, Double.NaN);
    return of(demand, none, none, none);
  }

  static SeriesDays of(double[] demand, double[] mean, double[] p10, double[] p90) {
    double[] zero = new double[demand.length];
    double[] none = filled(demand.length, Double.NaN);
    return new SeriesDays(
        demand, mean, p10, p90, zero, zero, zero, zero, zero, zero, zero, zero, none, none, 1, none,
        List.of());
  }

  static double[] filled(int days, double value) {
    double[] values = new double[days];
    Arrays.fill(values, value);
    return values;
  }
}
