package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Maps a score to what really happened at such scores. Centred isotonic regression (Oron and
 * Flournoy, Statistics in Biopharmaceutical Research, 2017): equally filled bins are pooled where
 * they do not rise (pool adjacent violators), each pool is one point at its mean, and between the
 * points it is linear; so the order of the scores is kept.
 *
 * @param scores of the points, ascending
 * @param means what happened at them, ascending
 */
@SuppressWarnings("ArrayRecordComponent") // Read once per row scored.
record IsotonicCalibration(double[] scores, double[] means) {
  private static final int BINS = 100;
  private static final int MIN_ROWS = 50;

  /**
   * Fits the curve.
   *
   * @param scores on rows that the scorer was not trained on
   * @param most the greatest score there can be; infinite for amounts
   */
  static IsotonicCalibration fit(double[] scores, float[] labels, double most) {
    int[] order =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> scores[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    int bins = Math.max(1, Math.min(BINS, scores.length / MIN_ROWS));
    double[] x = new double[bins];
    double[] y = new double[bins];
    double[] weight = new double[bins];
    int pools = 0;
    for (int bin = 0; bin < bins; bin++) {
      int from = (int) ((long) order.length * bin / bins);
      int to = (int) ((long) order.length * (bin + 1) / bins);
      for (int i = from; i < to; i++) {
        x[pools] += scores[order[i]];
        y[pools] += labels[order[i]];
      }
      weight[pools] = to - from;
      x[pools] /= weight[pools];
      y[pools] /= weight[pools];
      pools++;
      while (pools > 1 && y[pools - 1] <= y[pools - 2]) {
        double both = weight[pools - 2] + weight[pools - 1];
        x[pools - 2] = (x[pools - 2] * weight[pools - 2] + x[pools - 1] * weight[pools - 1]) / both;
        y[pools - 2] = (y[pools - 2] * weight[pools - 2] + y[pools - 1] * weight[pools - 1]) / both;
        weight[pools - 2] = both;
        pools--;
        x[pools] = 0;
        y[pools] = 0;
      }
    }
    return anchored(Arrays.copyOf(x, pools), Arrays.copyOf(y, pools), most);
  }

  /** What happens at a score. */
  double apply(double score) {
    int found = Arrays.binarySearch(scores, score);
    if (found >= 0) {
      return means[found];
    }
    int above = -found - 1;
    if (above == 0) {
      return means[0];
    }
    if (above == scores.length) {
      // Amounts know no greatest score: in proportion to the last point.
      return means[above - 1] * (scores[above - 1] > 0 ? score / scores[above - 1] : 1);
    }
    double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
    return means[above - 1] + share * (means[above] - means[above - 1]);
  }

  double[] apply(double[] all) {
    return Arrays.stream(all).map(this::apply).toArray();
  }

  /** Nothing at score nothing; and all at the greatest. */
  private static IsotonicCalibration anchored(double[] x, double[] y, double most) {
    boolean low = x[0] > 0;
    boolean high = Double.isFinite(most) && x[x.length - 1] < most;
    int size = x.length + (low ? 1 : 0) + (high ? 1 : 0);
    double[] scores = new double[size];
    double[] means = new double[size];
    System.arraycopy(x, 0, scores, low ? 1 : 0, x.length);
    System.arraycopy(y, 0, means, low ? 1 : 0, y.length);
    if (high) {
      scores[size - 1] = most;
      means[size - 1] = most;
    }
    return new IsotonicCalibration(scores, means);
  }
}
