package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * A weighted sum of candidates. The weights need not add up to 1: a simple method that forecasts
 * too much on average, as every mean of the past does for series that are forecast because they
 * sold lately, enters with its forecast scaled down.
 *
 * <p>Source: Bates and Granger, "The combination of forecasts", Operational Research Quarterly 20
 * (1969); that simple combinations are hard to beat: Makridakis, Spiliotis and Assimakopoulos, "The
 * M4 competition", International Journal of Forecasting 36 (2020).
 *
 * @param weights positive, by candidate
 */
record Blend(Map<Candidate, Double> weights) implements Serializable {
  static Blend of(Candidate candidate) {
    return new Blend(new EnumMap<>(Map.of(candidate, 1.0)));
  }

  /**
   * The weighted sum of a series' forecasts, per day of the horizon. Candidates that the series
   * lacks leave their weight to the others.
   *
   * @throws IllegalArgumentException when the series has none of the candidates
   */
  float[] of(Map<Candidate, float[]> forecasts) {
    double all = 0;
    double present = 0;
    float[] sum = null;
    for (Map.Entry<Candidate, Double> entry : weights.entrySet()) {
      all += entry.getValue();
      float[] forecast = forecasts.get(entry.getKey());
      if (forecast != null) {
        present += entry.getValue();
        sum = sum == null ? new float[forecast.length] : sum;
        for (int i = 0; i < sum.length; i++) {
          sum[i] += (float) (entry.getValue() * forecast[i]);
        }
      }
    }
    if (sum == null) {
      throw new IllegalArgumentException(
          "none of " + weights.keySet() + " among " + forecasts.keySet());
    }
    for (int i = 0; i < sum.length && present < all; i++) {
      sum[i] *= (float) (all / present);
    }
    return sum;
  }

  /** By what a candidate's forecast is multiplied in {@link #of}; 0 when it takes no part. */
  double factor(Candidate candidate, Map<Candidate, float[]> forecasts) {
    double all = 0;
    double present = 0;
    for (Map.Entry<Candidate, Double> entry : weights.entrySet()) {
      all += entry.getValue();
      present += forecasts.containsKey(entry.getKey()) ? entry.getValue() : 0;
    }
    return forecasts.containsKey(candidate)
        ? weights.getOrDefault(candidate, 0.0) * all / present
        : 0;
  }
}
