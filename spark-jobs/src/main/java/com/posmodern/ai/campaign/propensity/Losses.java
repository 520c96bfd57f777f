package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What a prediction is judged by. */
final class Losses {
  /** Between 1 (Poisson) and 2 (gamma): many zeros, and a long tail. */
  static final double TWEEDIE_POWER = 1.5;

  private static final double CERTAIN = 1e-5;

  private Losses() {}

  /** Log loss of a probability, or Tweedie deviance of an amount. */
  static double of(double prediction, double label, PropensityKind kind) {
    return kind.isAmount() ? tweedie(prediction, label) : log(prediction, label);
  }

  /** Nothing is certain: a probability is cut to 0.00001 … 0.99999. */
  static double log(double probability, double label) {
    double cut = Math.min(1 - CERTAIN, Math.max(CERTAIN, probability));
    return label > 0 ? -Math.log(cut) : -Math.log(1 - cut);
  }

  /** Deviance, power 1.5 (Jørgensen); an amount below a cent counts as one. */
  static double tweedie(double prediction, double label) {
    double mean = Math.max(prediction, 0.01);
    double actual = Math.max(label, 0);
    return 2
        * (Math.pow(actual, 2 - TWEEDIE_POWER) / ((1 - TWEEDIE_POWER) * (2 - TWEEDIE_POWER))
            - actual * Math.pow(mean, 1 - TWEEDIE_POWER) / (1 - TWEEDIE_POWER)
            + Math.pow(mean, 2 - TWEEDIE_POWER) / (2 - TWEEDIE_POWER));
  }

  /** Area under the ROC curve: the share of pairs in the right order, ties half. */
  static double auc(double[] scores, float[] labels) {
    Integer[] order = IntStream.range(0, scores.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(row -> scores[row]));
    double ranks = 0;
    long events = 0;
    for (int from = 0; from < order.length; ) {
      int to = from;
      int its = 0;
      while (to < order.length && scores[order[to]] == scores[order[from]]) {
        its += labels[order[to]] > 0 ? 1 : 0;
        to++;
      }
      // Ranks count from 1; those of a tie are shared.
      ranks += its * ((double) from + to + 1) / 2;
      events += its;
      from = to;
    }
    long others = order.length - events;
    return events == 0 || others == 0
        ? Double.NaN
        : (ranks - events * (events + 1) / 2.0) / ((double) events * others);
  }
}
