package com.posmodern.ai.recommend.rank;

import java.util.Arrays;
import java.util.List;

/**
 * Training data of the ranker: customers' candidates on a past day, labelled by what they then
 * bought.
 *
 * @param features rows of {@link PairFeature#COUNT}
 * @param labels 1 where the customer bought the candidate in the days after
 * @param weights number of candidates that the row represents, doubled where the customer is known
 *     to have seen it
 * @param groups rows per customer and day, in their order
 */
@SuppressWarnings("ArrayRecordComponent") // The arrays that XGBoost takes.
record TrainingRows(float[] features, float[] labels, float[] weights, int[] groups) {
  /** Of candidates that were not bought one in this many is kept, with that weight. */
  private static final int NOT_BOUGHT = 3;

  int size() {
    return labels.length;
  }

  /** Candidates with a purchase. */
  long purchases() {
    long purchases = 0;
    for (float label : labels) {
      purchases += label > 0 ? 1 : 0;
    }
    return purchases;
  }

  /**
   * Labels the candidates of one customer.
   *
   * @param bought distinct products bought on the days after, ascending
   * @param shown what the customer was shown on the days after
   */
  static TrainingRows of(Candidates candidates, int[] bought, Exposures.Shown shown, int draw) {
    int[] kept = new int[candidates.size()];
    int size = 0;
    for (int row = 0; row < candidates.size(); row++) {
      int product = candidates.products()[row];
      if (isIn(bought, product) || drawn(product, draw)) {
        kept[size++] = row;
      }
    }
    Candidates some = candidates.rows(Arrays.copyOf(kept, size));
    float[] labels = new float[size];
    float[] weights = new float[size];
    for (int i = 0; i < size; i++) {
      labels[i] = isIn(bought, some.products()[i]) ? 1 : 0;
      float known = shown.weight(some.products()[i], labels[i]);
      weights[i] = labels[i] > 0 ? known : NOT_BOUGHT * known;
    }
    return new TrainingRows(some.features(), labels, weights, new int[] {size});
  }

  /**
   * As {@link #of}, without a draw.
   *
   * @param bought distinct products bought on the days after, ascending
   * @param shown what the customer was shown on the days after
   */
  static TrainingRows ofAll(Candidates candidates, int[] bought, Exposures.Shown shown) {
    float[] labels = new float[candidates.size()];
    float[] weights = new float[candidates.size()];
    for (int row = 0; row < labels.length; row++) {
      labels[row] = isIn(bought, candidates.products()[row]) ? 1 : 0;
      weights[row] = shown.weight(candidates.products()[row], labels[row]);
    }
    return new TrainingRows(candidates.features(), labels, weights, new int[] {labels.length});
  }

  /** The concatenation of all parts. */
  static TrainingRows concat(List<TrainingRows> parts) {
    int size = parts.stream().mapToInt(TrainingRows::size).sum();
    float[] features = new float[Math.multiplyExact(size, PairFeature.COUNT)];
    float[] labels = new float[size];
    float[] weights = new float[size];
    int[] groups = parts.stream().flatMapToInt(p -> Arrays.stream(p.groups)).toArray();
    int at = 0;
    for (TrainingRows part : parts) {
      System.arraycopy(part.features, 0, features, at * PairFeature.COUNT, part.features.length);
      System.arraycopy(part.labels, 0, labels, at, part.size());
      System.arraycopy(part.weights, 0, weights, at, part.size());
      at += part.size();
    }
    return new TrainingRows(features, labels, weights, groups);
  }

  static boolean isIn(int[] ascending, int number) {
    return Arrays.binarySearch(ascending, number) >= 0;
  }

  /** Keeps a third of the products, a different third for every customer and day. */
  private static boolean drawn(int product, int draw) {
    long mixed = (product * 0x9E3779B97F4A7C15L) ^ (draw * 0xC2B2AE3D27D4EB4FL);
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return Long.remainderUnsigned(mixed ^ (mixed >>> 32), NOT_BOUGHT) == 0;
  }
}
