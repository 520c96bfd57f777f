package com.posmodern.ai.forecast;

import java.util.Arrays;

/**
 * Running totals over one series, so that the mean over any window costs two look-ups. Days sold
 * out count in no window: their demand was not observed.
 *
 * <p>Windows are given by the index of their last day and their length and never reach further.
 */
final class SeriesWindow {
  private final Series series;
  private final double[] sum;
  private final double[] squares;
  private final int[] observed;
  private final int[] sold;
  private final int[] promoted;
  private final double[] plainSum;
  private final int[] plainDays;
  private final double[] priceSum;
  private final int[] priceDays;

  SeriesWindow(Series series) {
    int days = series.days();
    this.series = series;
    this.sum = new double[days + 1];
    this.squares = new double[days + 1];
    this.observed = new int[days + 1];
    this.sold = new int[days + 1];
    this.promoted = new int[days + 1];
    this.plainSum = new double[days + 1];
    this.plainDays = new int[days + 1];
    this.priceSum = new double[days + 1];
    this.priceDays = new int[days + 1];
    for (int i = 0; i < days; i++) {
      double demand = series.demand()[i];
      boolean counts = !series.stockOut()[i];
      boolean plain = counts && !series.onPromotion()[i];
      boolean priced = !Float.isNaN(series.price()[i]);
      sum[i + 1] = sum[i] + (counts ? demand : 0);
      squares[i + 1] = squares[i] + (counts ? demand * demand : 0);
      observed[i + 1] = observed[i] + (counts ? 1 : 0);
      sold[i + 1] = sold[i] + (counts && demand > 0 ? 1 : 0);
      promoted[i + 1] = promoted[i] + (series.onPromotion()[i] ? 1 : 0);
      plainSum[i + 1] = plainSum[i] + (plain ? demand : 0);
      plainDays[i + 1] = plainDays[i] + (plain ? 1 : 0);
      priceSum[i + 1] = priceSum[i] + (priced ? series.price()[i] : 0);
      priceDays[i + 1] = priceDays[i] + (priced ? 1 : 0);
    }
  }

  Series series() {
    return series;
  }

  /** Demand of a day; NaN when sold out or outside the history. */
  double value(int index) {
    boolean known = index >= 0 && index < series.days() && !series.stockOut()[index];
    return known ? series.demand()[index] : Double.NaN;
  }

  double mean(int last, int length) {
    return over(sum, observed, last, length);
  }

  /** Standard deviation, of the population. */
  double deviation(int last, int length) {
    double mean = mean(last, length);
    return Math.sqrt(Math.max(0, over(squares, observed, last, length) - mean * mean));
  }

  /** Mean of the days without promotion. */
  double plainMean(int last, int length) {
    return over(plainSum, plainDays, last, length);
  }

  /** Mean of the days with promotion. */
  double promotedMean(int last, int length) {
    int from = start(last, length);
    int days = count(observed, from, last) - count(plainDays, from, last);
    double total = sum[last + 1] - sum[from] - (plainSum[last + 1] - plainSum[from]);
    return days > 0 ? total / days : Double.NaN;
  }

  double priceMean(int last, int length) {
    return over(priceSum, priceDays, last, length);
  }

  double promotedShare(int last, int length) {
    int from = start(last, length);
    return (double) count(promoted, from, last) / (last + 1 - from);
  }

  /** Share of the observed days without demand. */
  double zeroShare(int last, int length) {
    int from = start(last, length);
    int days = count(observed, from, last);
    return days > 0 ? 1 - (double) count(sold, from, last) / days : Double.NaN;
  }

  /** Days with demand. */
  int soldDays(int last, int length) {
    return count(sold, start(last, length), last);
  }

  /** Observed days ÷ days with demand; NaN when there was none. */
  double averageInterval(int last, int length) {
    int from = start(last, length);
    int days = count(sold, from, last);
    return days > 0 ? (double) count(observed, from, last) / days : Double.NaN;
  }

  /** Squared coefficient of variation of the demands that are not zero; NaN when there was none. */
  double squaredVariation(int last, int length) {
    int from = start(last, length);
    int days = count(sold, from, last);
    if (days == 0) {
      return Double.NaN;
    }
    double mean = (sum[last + 1] - sum[from]) / days;
    double square = (squares[last + 1] - squares[from]) / days;
    return Math.max(0, square / (mean * mean) - 1);
  }

  double median(int last, int length) {
    int from = start(last, length);
    double[] values = new double[last + 1 - from];
    int count = 0;
    for (int i = from; i <= last; i++) {
      if (!series.stockOut()[i]) {
        values[count++] = series.demand()[i];
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(values, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }

  double maximum(int last, int length) {
    double maximum = Double.NaN;
    for (int i = start(last, length); i <= last; i++) {
      double value = value(i);
      if (!(value <= maximum) && !Double.isNaN(value)) {
        maximum = value;
      }
    }
    return maximum;
  }

  /** Days since the last one with demand; the whole history when there was none. */
  int daysSinceSale(int last) {
    int index = last;
    while (index >= 0 && !(series.demand()[index] > 0)) {
      index--;
    }
    return last - index;
  }

  /** Mean of the observed days among every seventh one, counted back from a day. */
  double weeklyMean(int last, int weeks) {
    double total = 0;
    int count = 0;
    for (int week = 0; week < weeks; week++) {
      double value = value(last - 7 * week);
      if (!Double.isNaN(value)) {
        total += value;
        count++;
      }
    }
    return count > 0 ? total / count : Double.NaN;
  }

  /**
   * Mean squared difference of neighbouring days from the first sale on: the scale of M5's RMSSE.
   * NaN without such a pair.
   */
  double naiveError(int last) {
    double total = 0;
    int pairs = 0;
    boolean started = false;
    for (int i = 0; i <= last; i++) {
      if (started && !series.stockOut()[i] && !series.stockOut()[i - 1]) {
        double step = series.demand()[i] - series.demand()[i - 1];
        total += step * step;
        pairs++;
      }
      started |= series.demand()[i] > 0;
    }
    return pairs > 0 ? total / pairs : Double.NaN;
  }

  private double over(double[] totals, int[] days, int last, int length) {
    int from = start(last, length);
    if (last < from) {
      return Double.NaN;
    }
    int count = days[last + 1] - days[from];
    return count > 0 ? (totals[last + 1] - totals[from]) / count : Double.NaN;
  }

  private static int count(int[] totals, int from, int last) {
    return totals[last + 1] - totals[from];
  }

  private static int start(int last, int length) {
    return Math.max(0, last + 1 - length);
  }
}
