package com.posmodern.ai.forecast;

import java.util.stream.IntStream;

/**
 * Forecasts and what happened, of one demand class and part of the horizon, sorted by the scaled
 * residual (actual - mean) ÷ spread.
 */
final class Residuals {
  /** Shares of the days below the interval that are tried, in parts of all days outside. */
  private static final double[] BELOW = {0, 0.125, 0.25, 0.375, 0.5};

  private final double[] scaled;
  private final double[] means;
  private final double[] dispersions;
  private final boolean[] wholeUnits;

  Residuals(double[] actuals, double[] means, double[] dispersions, boolean[] wholeUnits) {
    double[] unsorted = new double[actuals.length];
    for (int i = 0; i < actuals.length; i++) {
      unsorted[i] = (actuals[i] - means[i]) / Interval.spread(means[i], dispersions[i]);
    }
    int[] order =
        IntStream.range(0, actuals.length)
            .boxed()
            .sorted(
                (a, b) -> {
                  int byResidual = Double.compare(unsorted[a], unsorted[b]);
                  return byResidual != 0 ? byResidual : Integer.compare(a, b);
                })
            .mapToInt(Integer::intValue)
            .toArray();
    this.scaled = new double[order.length];
    this.means = new double[order.length];
    this.dispersions = new double[order.length];
    this.wholeUnits = new boolean[order.length];
    for (int i = 0; i < order.length; i++) {
      this.scaled[i] = unsorted[order[i]];
      this.means[i] = means[order[i]];
      this.dispersions[i] = dispersions[order[i]];
      this.wholeUnits[i] = wholeUnits[order[i]];
    }
  }

  int size() {
    return scaled.length;
  }

  /**
   * The narrowest interval that holds the share of the days asked for.
   *
   * <p>Split-conformal prediction (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random
   * World", 2005; with a spread per row as in Lei et al., "Distribution-free predictive inference
   * for regression", JASA 113, 2018): a run of neighbouring sorted residuals, of length coverage ×
   * (n + 1), holds the next residual with that probability. Any such run is valid; of the few
   * tried, the one whose intervals are narrowest in sales units wins, after rounding to whole units
   * and cutting at zero. For series that often sell nothing the lower end is zero and loses no
   * days, so that all days outside may lie above; with 10 % fixed on either side the interval would
   * hold 90 % and not 80 %.
   */
  Interval narrowest(double coverage) {
    int n = scaled.length;
    int inside = Math.min(n, (int) Math.ceil(coverage * (n + 1)));
    Interval best = null;
    double bestWidth = Double.POSITIVE_INFINITY;
    for (double below : BELOW) {
      int from = (int) Math.floor(below * (n - inside));
      Interval tried =
          new Interval(
              Math.min(scaled[from], median()),
              median(),
              Math.max(scaled[from + inside - 1], median()),
              n);
      double width = meanWidth(tried);
      // The more even the sides, the better, if the width is the same.
      if (width <= bestWidth) {
        bestWidth = width;
        best = tried;
      }
    }
    return best;
  }

  private double median() {
    return scaled[scaled.length / 2];
  }

  private double meanWidth(Interval interval) {
    double total = 0;
    for (int i = 0; i < scaled.length; i++) {
      Interval.Quantiles ends = interval.around(means[i], dispersions[i], wholeUnits[i]);
      total += ends.p90() - ends.p10();
    }
    return total / scaled.length;
  }
}
