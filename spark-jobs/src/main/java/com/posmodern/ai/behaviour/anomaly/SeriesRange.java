package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.Arrays;
import java.util.Optional;

/**
 * The range in which the last days of one series were to be expected.
 *
 * <p>The centre is the forecast published before the day, else the median of the same weekdays
 * before, brought to the level of the last four weeks. How far days usually lie from that median is
 * measured by the median absolute deviation (MAD) of the days before those judged, which outliers
 * among them do not widen; a count varies by at least its square root, so a series that is flat or
 * mostly zero gives no alarm for one unit more.
 */
final class SeriesRange {
  private static final int WEEK = 7;
  private static final int WEEKS = 8;
  private static final int FEWEST_WEEKS = 4;
  private static final int LEVEL_DAYS = 28;

  /** With more days without a sale the MAD is zero or close to it, whatever the other days are. */
  private static final double SPARSE_SHARE = 0.3;

  private static final double MOST_LEVEL_CHANGE = 2;

  /** Makes the MAD of normal deviations their standard deviation. */
  static final double MAD_TO_DEVIATION = 1.4826;

  private final double[] demand;
  private final int firstJudged;
  private final double level;
  private final double spread;

  /**
   * Learns from the days before those judged.
   *
   * @param demand one value per day, the last one of the as-of date; NaN where it is unknown
   * @param judged number of last days that are judged
   */
  SeriesRange(double[] demand, int judged) {
    this.demand = demand;
    this.firstJudged = demand.length - judged;
    this.level = level();
    this.spread = spread();
  }

  /**
   * What was expected of a day; empty where neither a forecast nor enough history says so.
   *
   * @param mean published for the day, NaN for none
   * @param p10 published, NaN for none
   * @param p90 published, NaN for none
   */
  Optional<Expectation> of(int day, double mean, double p10, double p90) {
    boolean forecast = !Double.isNaN(mean);
    double centre = forecast ? mean : median(day) * level;
    if (Double.isNaN(centre)) {
      return Optional.empty();
    }
    double usual = Math.max(Double.isNaN(spread) ? 0 : spread, Math.sqrt(Math.max(centre, 1)));
    if (!forecast || Double.isNaN(p90)) {
      return Optional.of(
          Expectation.normal(centre, usual, forecast ? Basis.FORECAST : Basis.HISTORY));
    }
    double scale = Math.max(usual, (p90 - p10) / (2 * Expectation.QUANTILE_90));
    return Optional.of(new Expectation(centre, p10, p90, scale, Basis.FORECAST));
  }

  /** Median of the same weekdays before, none of them judged; NaN with fewer than four. */
  private double median(int day) {
    double[] same = new double[WEEKS];
    int found = 0;
    for (int at = day - WEEK; at >= 0 && found < WEEKS; at -= WEEK) {
      if (at < firstJudged && !Double.isNaN(demand[at])) {
        same[found++] = demand[at];
      }
    }
    return found < FEWEST_WEEKS ? Double.NaN : median(Arrays.copyOf(same, found));
  }

  /** Demand of the last four weeks over the sum of their medians. */
  private double level() {
    double sold = 0;
    double usual = 0;
    for (int day = Math.max(0, firstJudged - LEVEL_DAYS); day < firstJudged; day++) {
      double median = median(day);
      if (!Double.isNaN(demand[day]) && !Double.isNaN(median)) {
        // One wild day must not move the level of all.
        sold += Math.min(demand[day], MOST_LEVEL_CHANGE * Math.max(median, 1));
        usual += median;
      }
    }
    return usual == 0
        ? 1
        : Math.max(1 / MOST_LEVEL_CHANGE, Math.min(MOST_LEVEL_CHANGE, sold / usual));
  }

  private double spread() {
    double[] away = new double[firstJudged];
    int found = 0;
    int without = 0;
    for (int day = 0; day < firstJudged; day++) {
      double median = median(day);
      if (!Double.isNaN(demand[day]) && !Double.isNaN(median)) {
        away[found++] = Math.abs(demand[day] - median);
        without += demand[day] == 0 ? 1 : 0;
      }
    }
    if (found < WEEK) {
      return Double.NaN;
    }
    double[] all = Arrays.copyOf(away, found);
    return without > SPARSE_SHARE * found
        ? Math.sqrt(Arrays.stream(all).map(a -> a * a).average().orElseThrow())
        : MAD_TO_DEVIATION * median(all);
  }

  /** Sorts the values. */
  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
