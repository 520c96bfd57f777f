package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.Arrays;

/**
 * What was expected of the days of one series beside their demand: its returns and the money given
 * away as shares of what was sold, and its price as that of the days before.
 *
 * <p>All is learnt from the days before those judged. How far days usually lie from a share is the
 * deviation below which nearly all of those days lay, so that a till at which returns come in heaps
 * alarms at heaps of another size only, and one heap in the past does not hide the next.
 */
final class SeriesShares {
  /** Nearly all: of seventy days all but one. */
  private static final double NEARLY_ALL = 0.985;

  /** Below which so large a share of normal deviations lies. */
  private static final double DEVIATIONS_OF_NEARLY_ALL = 2.43;

  /** Days with a price from which on it is known. */
  private static final int FEWEST_PRICES = 5;

  /** Prices of which so many days count: older ones have become others. */
  private static final int PRICE_DAYS = 28;

  private SeriesShares() {}

  /**
   * A count as a share of what was sold on the same day.
   *
   * @param part per day, NaN where it is unknown; money in units of the usual price
   * @param whole per day in the same unit, zero where nothing was sold
   * @param firstJudged days before it are learnt from
   */
  static Expectation[] ofPart(double[] part, double[] whole, int firstJudged) {
    double parts = 0;
    double wholes = 0;
    int known = 0;
    for (int day = 0; day < firstJudged; day++) {
      if (!Double.isNaN(part[day])) {
        parts += part[day];
        wholes += whole[day];
        known++;
      }
    }
    Expectation[] expected = new Expectation[part.length];
    if (wholes <= 0) {
      return expected;
    }
    // One more than there were: what has not happened for some weeks still may.
    double share = Math.min(1, (parts + 1) / (wholes + 1));
    double[] away = new double[known];
    int at = 0;
    for (int day = 0; day < firstJudged; day++) {
      if (!Double.isNaN(part[day])) {
        double centre = share * whole[day];
        away[at++] = Math.abs(Expectation.deviations(part[day], centre, Math.max(centre, 1)));
      }
    }
    Arrays.sort(away);
    double usual = Math.max(1, away[(int) (NEARLY_ALL * (known - 1))] / DEVIATIONS_OF_NEARLY_ALL);
    for (int day = 0; day < part.length; day++) {
      double centre = share * whole[day];
      expected[day] =
          Expectation.normal(centre, usual * Math.sqrt(Math.max(centre, 1)), Basis.HISTORY);
    }
    return expected;
  }

  /**
   * The price of a product, as the median of the days before.
   *
   * @param prices per day, NaN where nothing was sold
   * @param least standard deviation of the logarithm of a price that never moved
   * @return of the logarithms of the prices, null without enough of them
   */
  static Expectation[] ofLogPrice(double[] prices, double least, int firstJudged) {
    double[] logs = new double[PRICE_DAYS];
    int found = 0;
    for (int day = firstJudged - 1; day >= 0 && found < PRICE_DAYS; day--) {
      if (prices[day] > 0) {
        logs[found++] = Math.log(prices[day]);
      }
    }
    Expectation[] expected = new Expectation[prices.length];
    if (found < FEWEST_PRICES) {
      return expected;
    }
    double[] known = Arrays.copyOf(logs, found);
    double centre = Medians.of(known);
    double scale =
        Math.max(
            least,
            Medians.MAD_TO_DEVIATION
                * Medians.of(Arrays.stream(known).map(log -> Math.abs(log - centre)).toArray()));
    double half = Expectation.QUANTILE_90 * scale;
    Arrays.fill(
        expected,
        firstJudged,
        prices.length,
        new Expectation(centre, centre - half, centre + half, scale, Basis.HISTORY));
    return expected;
  }
}
