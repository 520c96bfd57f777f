package com.posmodern.ai.forecast;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the blend with the lowest error on earlier origins: single candidates, and blends of the
 * trained one, seasonal smoothing and smoothing in quarters. Weights in quarters cannot follow the
 * noise of a few weeks, and equal shares stand unless others are clearly better ("forecast
 * combination puzzle": Smith and Wallis, "A simple explanation of the forecast combination puzzle",
 * Oxford Bulletin of Economics and Statistics 71, 2009).
 */
final class BlendChoice {
  private static final int PARTS = 4;

  private final ForecastMoments moments;
  private final double tolerance;

  BlendChoice(ForecastMoments moments, double tolerance) {
    this.moments = moments;
    this.tolerance = tolerance;
  }

  Blend best() {
    Blend equal = equalShares();
    Blend best = equal;
    double lowest = moments.error(equal) / (1 + tolerance);
    for (Blend blend : tried()) {
      double error = moments.error(blend);
      if (error < lowest) {
        lowest = error;
        best = blend;
      }
    }
    return best;
  }

  /** Half trees and half seasonal smoothing; without trees both kinds of smoothing. */
  private Blend equalShares() {
    List<Candidate> pool = pool();
    return scaled(Map.of(pool.get(0), 1.0, pool.get(1), 1.0), 2);
  }

  private List<Blend> tried() {
    List<Blend> tried = new ArrayList<>();
    for (Candidate candidate : Candidate.values()) {
      if (candidate != Candidate.ZERO && moments.complete(candidate)) {
        tried.add(scaled(Map.of(candidate, 1.0), 1));
      }
    }
    List<Candidate> pool = pool();
    for (int first = 0; first <= PARTS; first++) {
      for (int second = 0; second <= PARTS - first; second++) {
        Map<Candidate, Double> shares = new EnumMap<>(Candidate.class);
        shares.put(pool.get(0), (double) first);
        shares.put(pool.get(1), (double) second);
        if (pool.size() > 2) {
          shares.put(pool.get(2), (double) PARTS - first - second);
        }
        if (pool.size() > 2 || first + second == PARTS) {
          tried.add(scaled(shares, PARTS));
        }
      }
    }
    return tried;
  }

  private List<Candidate> pool() {
    List<Candidate> pool = new ArrayList<>();
    if (moments.complete(Candidate.XGBOOST_TWEEDIE)) {
      pool.add(Candidate.XGBOOST_TWEEDIE);
    } else if (moments.complete(Candidate.MLLIB_GBT)) {
      pool.add(Candidate.MLLIB_GBT);
    }
    pool.add(Candidate.SEASONAL_SMOOTHING);
    pool.add(Candidate.SMOOTHING);
    return pool;
  }

  private Blend scaled(Map<Candidate, Double> parts, double whole) {
    Map<Candidate, Double> weights = new EnumMap<>(Candidate.class);
    parts.forEach(
        (candidate, part) -> {
          // Trees have learnt how much a series sells that sold lately.
          double scale = candidate.trained() ? 1 : moments.scale(candidate);
          if (part * scale > 0) {
            weights.put(candidate, part / whole * scale);
          }
        });
    return weights.isEmpty() ? Blend.of(Candidate.ZERO) : new Blend(weights);
  }
}
