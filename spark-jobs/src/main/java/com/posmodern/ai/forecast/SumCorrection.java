package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Factors by which the forecasts of a category's series are multiplied, one per day of the week, so
 * that the category's sum, and then the sum of all, come closer to a forecast of that sum.
 * Forecasts that are good for each series share errors (a season, a trend) that add up, while the
 * sum itself is easy to forecast. Every level stays the sum of its series, and nothing becomes
 * negative. One factor holds for the same weekday of all weeks, so that holidays, promotions and
 * closed days that the series' forecasts know of keep their shape.
 *
 * <p>This is the proportional top-down reconciliation of Athanasopoulos, Ahmed and Hyndman
 * ("Hierarchical forecasts for Australian domestic tourism", International Journal of Forecasting
 * 25, 2009), shrunk towards the bottom-up sum. MinT (Wickramasuriya, Athanasopoulos and Hyndman,
 * JASA 114, 2019) needs the covariance of all series' errors and can turn small forecasts negative.
 *
 * @param byCategory factor by index of the origin and day of the week, counted from the origin
 */
@SuppressWarnings("ArrayRecordComponent") // Read for every day of every series.
record SumCorrection(Map<String, double[][]> byCategory) implements Serializable {
  /** Leaves every forecast as it is. */
  static final SumCorrection NONE = new SumCorrection(Map.of());

  /** Half way is the default: on real lakes it was better than either end at nearly all origins. */
  private static final double USUAL_SHARE = 0.5;

  private static final double SMALLEST_FACTOR = 0.5;
  private static final double LARGEST_FACTOR = 2;
  private static final int WEEK = 7;

  static SumCorrection of(CategorySums sums, double share) {
    Map<String, double[][]> factors = new HashMap<>();
    int origins = sums.origins();
    for (int origin = 0; origin < origins; origin++) {
      int at = origin;
      factorsAt(sums, origin, share)
          .forEach(
              (category, weekdays) ->
                  factors.computeIfAbsent(category, c -> new double[origins][])[at] = weekdays);
    }
    return new SumCorrection(factors);
  }

  private static Map<String, double[]> factorsAt(CategorySums sums, int origin, double share) {
    Map<String, double[]> factors = new HashMap<>();
    CategorySums.DailySums all = new CategorySums.DailySums(sums.horizonDays());
    sums.byCategory()
        .forEach(
            (category, origins) -> {
              CategorySums.DailySums days = origins.get(origin);
              // A single category is the sum of all, which is counted once.
              double[] own = sums.byCategory().size() == 1 ? ones() : factors(days, share);
              factors.put(category, own);
              all.merge(days.corrected(own));
            });
    double[] total = factors(all, share);
    factors.values().forEach(own -> Arrays.setAll(own, i -> own[i] * total[i]));
    return factors;
  }

  private static double[] ones() {
    double[] ones = new double[WEEK];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static double[] factors(CategorySums.DailySums days, double share) {
    double[] factors = new double[WEEK];
    for (int weekday = 0; weekday < WEEK; weekday++) {
      double bottomUp = median(days.bottomUp(), weekday);
      double wanted = (1 - share) * bottomUp + share * median(days.topDown(), weekday);
      double factor = bottomUp > 0 ? wanted / bottomUp : 1;
      // Rounded, so that the order in which the series were added up cannot be seen.
      factors[weekday] =
          Math.rint(Math.min(LARGEST_FACTOR, Math.max(SMALLEST_FACTOR, factor)) * 1e4) / 1e4;
    }
    return factors;
  }

  /** Of the same weekday in all weeks: a holiday or a promotion of a week does not move it. */
  private static double median(double[] days, int weekday) {
    int weeks = (days.length - weekday + WEEK - 1) / WEEK;
    if (weeks <= 0) {
      return 0;
    }
    double[] same = new double[weeks];
    Arrays.setAll(same, week -> days[weekday + WEEK * week]);
    Arrays.sort(same);
    return (same[(weeks - 1) / 2] + same[weeks / 2]) / 2;
  }

  /**
   * Half way, unless at the given origins the sums of the series alone were clearly closer to
   * demand: then 0.
   *
   * @param tolerance by how much the error must have been lower
   */
  static double bestShare(CategorySums sums, Set<Integer> origins, double tolerance) {
    SumCorrection half = of(sums, USUAL_SHARE);
    double ratios = 0;
    int count = 0;
    for (int origin : origins) {
      double[] corrected = errors(sums, origin, half);
      double[] uncorrected = errors(sums, origin, NONE);
      for (int level = 0; level < corrected.length; level++) {
        if (corrected[level] > 0) {
          ratios += uncorrected[level] / corrected[level];
          count++;
        }
      }
    }
    return count > 0 && ratios / count < 1 - tolerance ? 0 : USUAL_SHARE;
  }

  /** Root squared errors of the categories, and of the sum of all. */
  private static double[] errors(CategorySums sums, int origin, SumCorrection correction) {
    double categories = 0;
    double[] total = new double[sums.horizonDays()];
    for (Map.Entry<String, List<CategorySums.DailySums>> one : sums.byCategory().entrySet()) {
      CategorySums.DailySums days = one.getValue().get(origin);
      double[][] factors = correction.byCategory.get(one.getKey());
      for (int i = 0; i < total.length; i++) {
        double factor = factors == null ? 1 : factors[origin][i % WEEK];
        double error = factor * days.bottomUp()[i] - days.actual()[i];
        categories += error * error;
        total[i] += error;
      }
    }
    double all = 0;
    for (double error : total) {
      all += error * error;
    }
    return new double[] {Math.sqrt(categories), Math.sqrt(all)};
  }

  /** The series' forecast, corrected; a new array. */
  float[] applied(String category, int origin, float[] forecast) {
    double[][] factors = byCategory.get(category);
    float[] corrected = forecast.clone();
    for (int i = 0; factors != null && i < corrected.length; i++) {
      corrected[i] *= (float) factors[origin][i % WEEK];
    }
    return corrected;
  }
}
