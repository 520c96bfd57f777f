package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A bounded number of rows in the driver's memory.
 *
 * @param features rows of {@code width} each; NaN where missing
 * @param labels 1 where the event happened, else 0; or an amount
 * @param customers a number per customer, equal on all rows of the same customer
 * @param cuts the epoch day that each row is as of
 */
@SuppressWarnings("ArrayRecordComponent") // The arrays that XGBoost takes.
record Examples(int width, float[] features, float[] labels, long[] customers, int[] cuts) {
  int size() {
    return labels.length;
  }

  float feature(int row, int column) {
    return features[row * width + column];
  }

  /** Rows where the event happened. */
  int events() {
    return (int) IntStream.range(0, size()).filter(row -> labels[row] > 0).count();
  }

  Examples where(IntPredicate wanted) {
    return rows(IntStream.range(0, size()).filter(wanted).toArray());
  }

  Examples rows(int[] rows) {
    float[] some = new float[Math.multiplyExact(rows.length, width)];
    float[] itsLabels = new float[rows.length];
    long[] itsCustomers = new long[rows.length];
    int[] itsCuts = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * width, some, i * width, width);
      itsLabels[i] = labels[rows[i]];
      itsCustomers[i] = customers[rows[i]];
      itsCuts[i] = cuts[rows[i]];
    }
    return new Examples(width, some, itsLabels, itsCustomers, itsCuts);
  }

  /** All rows of one customer are in the same fold. */
  int fold(int row, int folds) {
    return Folds.of(customers[row], folds);
  }

  double meanLabel() {
    double sum = 0;
    for (float label : labels) {
      sum += label;
    }
    return sum / size();
  }

  /** Present values of a column, ascending. */
  float[] sorted(int column) {
    float[] values = new float[size()];
    int present = 0;
    for (int row = 0; row < size(); row++) {
      float value = feature(row, column);
      if (!Float.isNaN(value)) {
        values[present++] = value;
      }
    }
    float[] some = Arrays.copyOf(values, present);
    Arrays.sort(some);
    return some;
  }
}
