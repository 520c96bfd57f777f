package com.posmodern.ai.forecast;

import java.util.Arrays;

/**
 * Running totals over one series, so that the mean over any window costs two look-ups. Days sold
 * out count in no window: their demand was not observed.
 *
 * <p>Windows are given by the index of their last day and their length. One in which no day was
 * observed ends with the last day that was: a product sold out for two months still sold what it
 * sold before.
 */
final class SeriesWindow {
  /** What was observed before a longer time unseen says nothing about today. */
  private static final int LONGEST_UNKNOWN = 364;

  private final Series series;
  private final double[] sum;
  private final double[] squares;
  private final int[] observed;
  private final int[] lastObserved;
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
    this.lastObserved = new int[days];
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
      lastObserved[i] = counts ? i : i > 0 ? lastObserved[i - 1] : -1;
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
    return over(sum, observed, observedEnd(last, length), length);
  }

  /** Standard deviation, of the population. */
  double deviation(int last, int length) {
    double mean = mean(last, length);
    double square = over(squares, observed, observedEnd(last, length), length);
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  /** Mean of the days without promotion. */
  double plainMean(int last, int length) {
    return over(plainSum, plainDays, observedEnd(last, length), length);
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
    int end = observedEnd(last, length);
    int from = start(end, length);
    int days = count(observed, from, end);
    return days > 0 ? 1 - (double) count(sold, from, end) / days : Double.NaN;
  }

  /** Days with demand. */
  int soldDays(int last, int length) {
    int end = observedEnd(last, length);
    return count(sold, start(end, length), end);
  }

  /** Observed days ÷ days with demand; NaN when there was none. */
  double averageInterval(int last, int length) {
    int end = observedEnd(last, length);
    int from = start(end, length);
    int days = count(sold, from, end);
    return days > 0 ? (double) count(observed, from, end) / days : Double.NaN;
  }

  /** Squared coefficient of variation of the demands that are not zero; NaN when there was none. */
  double squaredVariation(int last, int length) {
    int end = observedEnd(last, length);
    int from = start(end, length);
    int days = count(sold, from, end);
    if (days == 0) {
      return Double.NaN;
    }
    double mean = (sum[end + 1] - sum[from]) / days;
    double square = (squares[end + 1] - squares[from]) / days;
    return Math.max(0, square / (mean * mean) - 1);
  }

  double median(int last, int length) {
    int end = observedEnd(last, length);
    int from = start(end, length);
    double[] values = new double[end + 1 - from];
    int count = 0;
    for (int i = from; i <= end; i++) {
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
    int end = observedEnd(last, length);
    double maximum = Double.NaN;
    for (int i = start(end, length); i <= end; i++) {
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
    int newest = lastObservedSameWeekday(last);
    int end = last - newest > 7 * (weeks - 1) ? newest : last;
    for (int week = 0; week < weeks; week++) {
      double value = value(end - 7 * week);
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

  /** The last day observed among every seventh one, counted back from a day; negative if none. */
  int lastObservedSameWeekday(int last) {
    int index = last;
    while (index >= 0 && series.stockOut()[index]) {
      index -= 7;
    }
    return index;
  }

  /** Whether any demand fell into the last so many observed days; none is older than a year. */
  boolean soldWithin(int last, int days) {
    int seen = 0;
    for (int i = last; i >= Math.max(0, last - LONGEST_UNKNOWN) && seen < days; i--) {
      if (series.demand()[i] > 0) {
        return true;
      }
      seen += series.stockOut()[i] ? 0 : 1;
    }
    return false;
  }

  /** The end of the window; the last observed day before where the window holds none. */
  private int observedEnd(int last, int length) {
    if (last < 0 || count(observed, start(last, length), last) > 0 || lastObserved[last] < 0) {
      return last;
    }
    return last - lastObserved[last] > LONGEST_UNKNOWN ? last : lastObserved[last];
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
