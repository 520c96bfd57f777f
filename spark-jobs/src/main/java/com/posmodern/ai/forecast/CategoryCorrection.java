package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Factors by which the forecasts of a category's series are multiplied, day by day, so that their
 * sum comes closer to a forecast of the sum. Forecasts that are good for each series share errors
 * (a season, a trend) that add up, while the sum itself is easy to forecast. Every level stays the
 * sum of its series, and nothing becomes negative.
 *
 * <p>This is the proportional top-down reconciliation of Athanasopoulos, Ahmed and Hyndman
 * ("Hierarchical forecasts for Australian domestic tourism", International Journal of Forecasting
 * 25, 2009), shrunk towards the bottom-up sum. MinT (Wickramasuriya, Athanasopoulos and Hyndman,
 * JASA 114, 2019) needs the covariance of all series' errors and can turn small forecasts negative.
 *
 * @param byCategory factor by index of the origin and day of the horizon
 */
@SuppressWarnings("ArrayRecordComponent") // Read for every day of every series.
record CategoryCorrection(Map<String, float[][]> byCategory) implements Serializable {
  /** Leaves every forecast as it is. */
  static final CategoryCorrection NONE = new CategoryCorrection(Map.of());

  private static final List<Double> SHARES = List.of(0.0, 0.25, 0.5, 0.75, 1.0);
  private static final double USUAL_SHARE = 0.5;
  private static final double SMALLEST_FACTOR = 0.5;
  private static final double LARGEST_FACTOR = 2;

  static CategoryCorrection of(CategorySums sums, double share) {
    Map<String, float[][]> factors = new HashMap<>();
    sums.byCategory()
        .forEach(
            (category, origins) ->
                factors.put(
                    category,
                    origins.stream().map(days -> factors(days, share)).toArray(float[][]::new)));
    return new CategoryCorrection(factors);
  }

  private static float[] factors(CategorySums.Days days, double share) {
    float[] factors = new float[days.bottomUp().length];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (corrected(days, i, share) / days.bottomUp()[i]);
      if (!(days.bottomUp()[i] > 0)) {
        factors[i] = 1;
      }
    }
    return factors;
  }

  private static double corrected(CategorySums.Days days, int day, double share) {
    double bottomUp = days.bottomUp()[day];
    double wanted = (1 - share) * bottomUp + share * days.topDown()[day];
    double bounded =
        Math.min(LARGEST_FACTOR * bottomUp, Math.max(SMALLEST_FACTOR * bottomUp, wanted));
    // Rounded, so that the order in which the series were added up cannot be seen.
    return Math.rint(bounded * 1e4) / 1e4;
  }

  /**
   * The share with the lowest squared error of the categories and of their total at the origins;
   * within the tolerance the one closest to a half.
   */
  static double bestShare(CategorySums sums, Set<Integer> origins, double tolerance) {
    Map<Double, Double> errors = new HashMap<>();
    SHARES.forEach(share -> errors.put(share, relativeError(sums, origins, share)));
    double lowest = errors.values().stream().mapToDouble(v -> v).min().orElse(0);
    Stream<Double> good =
        SHARES.stream().filter(share -> errors.get(share) <= lowest * (1 + tolerance));
    return good.min(
            Comparator.<Double>comparingDouble(share -> Math.abs(share - USUAL_SHARE))
                .thenComparing(share -> share))
        .orElse(0.0);
  }

  /** Mean over origins and both levels of the root squared error ÷ that of the bottom-up sum. */
  private static double relativeError(CategorySums sums, Set<Integer> origins, double share) {
    double ratios = 0;
    for (int origin : origins) {
      double[] error = errors(sums, origin, share);
      double[] uncorrected = errors(sums, origin, 0);
      for (int level = 0; level < error.length; level++) {
        ratios += uncorrected[level] > 0 ? error[level] / uncorrected[level] : 1;
      }
    }
    return ratios;
  }

  private static double[] errors(CategorySums sums, int origin, double share) {
    double categories = 0;
    double[] total = null;
    for (List<CategorySums.Days> ofCategory : sums.byCategory().values()) {
      CategorySums.Days days = ofCategory.get(origin);
      total = total == null ? new double[days.actual().length] : total;
      for (int i = 0; i < total.length; i++) {
        double error = corrected(days, i, share) - days.actual()[i];
        categories += error * error;
        total[i] += error;
      }
    }
    double all = 0;
    for (int i = 0; total != null && i < total.length; i++) {
      all += total[i] * total[i];
    }
    return new double[] {Math.sqrt(categories), Math.sqrt(all)};
  }

  /** The series' forecast, corrected; a new array. */
  float[] applied(String category, int origin, float[] forecast) {
    float[][] factors = byCategory.get(category);
    float[] corrected = forecast.clone();
    // A short history is judged on fewer days than are forecast.
    int days = factors == null ? 0 : Math.min(corrected.length, factors[origin].length);
    for (int i = 0; i < days; i++) {
      corrected[i] *= factors[origin][i];
    }
    return corrected;
  }
}
