package com.posmodern.ai.forecast;

import java.util.EnumMap;
import java.util.Map;

/**
 * How much of a demand class's forecast comes from the trees, and how much from seasonal smoothing.
 * Three quarters stand unless earlier origins say clearly otherwise: weights that are estimated
 * from a few weeks follow their noise, and lose to fixed ones ("forecast combination puzzle": Smith
 * and Wallis, "A simple explanation of the forecast combination puzzle", Oxford Bulletin of
 * Economics and Statistics 71, 2009).
 */
final class BlendChoice {
  private static final int PARTS = 4;
  private static final int USUAL_PARTS = 3;

  private final ForecastMoments moments;
  private final double tolerance;

  /**
   * @param tolerance by how much another weight must have had the lower error
   */
  BlendChoice(ForecastMoments moments, double tolerance) {
    this.moments = moments;
    this.tolerance = tolerance;
  }

  /** Trees and seasonal smoothing; without trees the same as {@link #simple}. */
  Blend best() {
    if (moments.complete(Candidate.XGBOOST_TWEEDIE)) {
      return best(Candidate.XGBOOST_TWEEDIE, Candidate.SEASONAL_SMOOTHING);
    }
    return moments.complete(Candidate.MLLIB_GBT)
        ? best(Candidate.MLLIB_GBT, Candidate.SEASONAL_SMOOTHING)
        : simple();
  }

  /** Seasonal smoothing and smoothing: needs no model. */
  Blend simple() {
    return best(Candidate.SEASONAL_SMOOTHING, Candidate.SMOOTHING);
  }

  private Blend best(Candidate first, Candidate second) {
    Blend best = blend(first, second, USUAL_PARTS);
    double lowest = moments.error(best) / (1 + tolerance);
    for (int parts = 0; parts <= PARTS; parts++) {
      Blend tried = blend(first, second, parts);
      double error = moments.error(tried);
      if (error < lowest) {
        lowest = error;
        best = tried;
      }
    }
    return best;
  }

  private Blend blend(Candidate first, Candidate second, int parts) {
    Map<Candidate, Double> weights = new EnumMap<>(Candidate.class);
    put(weights, first, (double) parts / PARTS);
    put(weights, second, (double) (PARTS - parts) / PARTS);
    return weights.isEmpty() ? Blend.of(Candidate.ZERO) : new Blend(weights);
  }

  private void put(Map<Candidate, Double> weights, Candidate candidate, double share) {
    // Trees have learnt how much a series sells that sold lately.
    double scale = candidate.trained() ? 1 : Math.min(1, moments.ratio(candidate));
    if (share * scale > 0) {
      weights.put(candidate, share * scale);
    }
  }
}
