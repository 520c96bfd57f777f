package com.posmodern.ai.campaign.uplift;

import com.posmodern.ai.campaign.propensity.Folds;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A bounded number of customers of earlier campaigns, in the driver's memory.
 *
 * @param features rows of {@code width} each, as of the night of selection; NaN where missing
 * @param outcomes revenue of the days that the campaign measures
 * @param treated whether the customer's arm gets messages
 * @param shares part of the customers of the campaign's night whose arms get messages
 * @param usual expected gain as it is without uplift: response × value of the usual basket
 * @param customers a number per customer, equal on all rows of the same customer
 */
@SuppressWarnings("ArrayRecordComponent") // The arrays that XGBoost takes.
record UpliftRows(
    int width,
    float[] features,
    float[] outcomes,
    boolean[] treated,
    double[] shares,
    double[] usual,
    long[] customers) {
  /** Of the outcomes a hundredth may be cut: a single large basket would drown all effects. */
  private static final double CUT_AT = 0.99;

  int size() {
    return outcomes.length;
  }

  int treatedRows() {
    return (int) IntStream.range(0, size()).filter(row -> treated[row]).count();
  }

  /** Customers with a message, each counted once. */
  long treatedCustomers() {
    return customersWith(true);
  }

  /** Customers without one, each counted once. */
  long controlCustomers() {
    return customersWith(false);
  }

  private long customersWith(boolean message) {
    return IntStream.range(0, size())
        .filter(row -> treated[row] == message)
        .mapToLong(row -> customers[row])
        .distinct()
        .count();
  }

  UpliftRows where(IntPredicate wanted) {
    int[] rows = IntStream.range(0, size()).filter(wanted).toArray();
    UpliftRows some = empty(width, rows.length);
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features, rows[i] * width, some.features, i * width, width);
      some.outcomes[i] = outcomes[rows[i]];
      some.treated[i] = treated[rows[i]];
      some.shares[i] = shares[rows[i]];
      some.usual[i] = usual[rows[i]];
      some.customers[i] = customers[rows[i]];
    }
    return some;
  }

  static UpliftRows empty(int width, int size) {
    return new UpliftRows(
        width,
        new float[Math.multiplyExact(size, width)],
        new float[size],
        new boolean[size],
        new double[size],
        new double[size],
        new long[size]);
  }

  /** All rows of one customer are in the same fold. */
  int fold(int row, int folds) {
    return Folds.of(customers[row], folds);
  }

  /** The same rows, with outcomes above their 99th percentile at that value. */
  UpliftRows cut() {
    float[] sorted = outcomes.clone();
    Arrays.sort(sorted);
    float most = sorted[(int) (CUT_AT * (sorted.length - 1))];
    float[] lower = outcomes.clone();
    for (int row = 0; row < lower.length; row++) {
      lower[row] = Math.min(lower[row], most);
    }
    return new UpliftRows(width, features, lower, treated, shares, usual, customers);
  }

  double meanOutcome() {
    double sum = 0;
    for (float outcome : outcomes) {
      sum += outcome;
    }
    return sum / size();
  }
}
