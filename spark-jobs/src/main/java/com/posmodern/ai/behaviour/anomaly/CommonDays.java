package com.posmodern.ai.behaviour.anomaly;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What all stores have in common on a day: the ratio of what they sold of an item to what was
 * expected of them, which a season, a holiday, a price of the chain or a stale forecast moves.
 *
 * <p>A store is compared with the others, so that what happens in it alone does not enter its own
 * yardstick, nor much in theirs: a store that lies far from the middle one counts as far as stores
 * usually lie from it only. The ratio is drawn towards one by as many units as tell nothing more
 * than chance (a gamma-Poisson mixture), learnt from the days before those judged.
 */
final class CommonDays {
  /** With fewer others a store's neighbour would be its yardstick. */
  static final int FEWEST_OTHERS = 3;

  private static final double FAR = 2.5;
  private static final double DISPERSION = 1.5;
  private static final double LEAST_VARIANCE = 0.0025;
  private static final double MOST_VARIANCE = 0.25;

  private final double[][] demand;
  private final double[][] expected;

  /** Units that tell nothing more than chance. */
  private final double chance;

  /**
   * @param demand per store and day, NaN where it is unknown
   * @param expected of each store by itself, NaN where nothing is
   * @param first of the judged days
   */
  CommonDays(double[][] demand, double[][] expected, int first) {
    this.demand = demand;
    this.expected = expected;
    double sum = 0;
    int days = 0;
    for (int day = 0; day < first; day++) {
      double[] sums = sums(day, -1);
      if (sums[2] > FEWEST_OTHERS) {
        double away = (sums[0] - sums[1]) / sums[1];
        sum += away * away - DISPERSION / sums[1];
        days++;
      }
    }
    // How the ratio of all stores varies from day to day.
    double variance = days == 0 ? 0 : sum / days;
    chance = DISPERSION / Math.max(LEAST_VARIANCE, Math.min(MOST_VARIANCE, variance));
  }

  /** Ratio of the other stores on a day; one with too few of them. */
  double ratio(int store, int day) {
    double[] sums = sums(day, store);
    return sums[2] < FEWEST_OTHERS ? 1 : (sums[0] + chance) / (sums[1] + chance);
  }

  /** Variance of that ratio as a share of its square. */
  double unsure(int store, int day) {
    double[] sums = sums(day, store);
    return sums[2] < FEWEST_OTHERS ? 0 : DISPERSION / (sums[1] + chance);
  }

  /** Sold, expected and number of the stores but one, those far from the middle drawn to it. */
  private double[] sums(int day, int but) {
    int[] stores =
        IntStream.range(0, demand.length)
            .filter(s -> s != but && !Double.isNaN(demand[s][day]) && expected[s][day] > 0)
            .toArray();
    double middle = middle(stores, day);
    double sold = 0;
    double usual = 0;
    for (int store : stores) {
      double centre = middle * expected[store][day];
      double far = FAR * Math.sqrt(DISPERSION * Math.max(centre, 1));
      sold += Math.max(centre - far, Math.min(centre + far, demand[store][day]));
      usual += expected[store][day];
    }
    return new double[] {sold, usual, stores.length};
  }

  /** Median of the stores' ratios, each weighted by what was expected of it. */
  private double middle(int[] stores, int day) {
    double[][] ratios =
        Arrays.stream(stores)
            .mapToObj(s -> new double[] {demand[s][day] / expected[s][day], expected[s][day]})
            .sorted((one, other) -> Double.compare(one[0], other[0]))
            .toArray(double[][]::new);
    double half = Arrays.stream(ratios).mapToDouble(r -> r[1]).sum() / 2;
    double below = 0;
    for (double[] ratio : ratios) {
      below += ratio[1];
      if (below >= half) {
        return ratio[0];
      }
    }
    return 1;
  }
}
