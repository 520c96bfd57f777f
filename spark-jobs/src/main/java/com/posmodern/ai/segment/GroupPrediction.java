package com.posmodern.ai.segment;

import java.util.Arrays;

/**
 * How well a grouping of customers predicts what they buy next: each customer is predicted the mean
 * of the group, learnt from other customers.
 *
 * @param spend squared error of the spend of each customer judged
 * @param logSpend squared error of log(1 + spend): the spend of a few does not decide it
 * @param mix log loss of the categories bought; NaN for customers who bought nothing
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record GroupPrediction(double[] spend, double[] logSpend, double[] mix) {
  /** A small group leans on the mean of all by so many customers. */
  private static final double PRIOR_CUSTOMERS = 5;

  /** The mix of a small group leans on that of all by so many customers. */
  private static final double PRIOR_MIXES = 20;

  private static final double SMALLEST_SHARE = 1e-4;

  /**
   * Learns from some customers and judges on others.
   *
   * @param group of every customer, from 0
   */
  static GroupPrediction of(CustomerOutcomes outcomes, int[] group, int[] learn, int[] judge) {
    int groups = 1 + Arrays.stream(group).max().orElse(0);
    double[] spend = outcomes.spend();
    double[] log = Arrays.stream(spend).map(value -> Math.log1p(Math.max(value, 0))).toArray();
    double[][] mixes = mixes(outcomes.mix(), group, learn, groups);
    return new GroupPrediction(
        squaredErrors(spend, group, learn, judge, groups),
        squaredErrors(log, group, learn, judge, groups),
        Arrays.stream(judge)
            .mapToDouble(i -> logLoss(outcomes.mix()[i], mixes[group[i]]))
            .toArray());
  }

  /** The same prediction for everybody. */
  static GroupPrediction ofEverybody(CustomerOutcomes outcomes, int[] learn, int[] judge) {
    return of(outcomes, new int[outcomes.size()], learn, judge);
  }

  private static double[] squaredErrors(
      double[] values, int[] group, int[] learn, int[] judge, int groups) {
    double mean = Arrays.stream(learn).mapToDouble(i -> values[i]).average().orElse(0);
    double[] sums = new double[groups];
    double[] counts = new double[groups];
    for (int i : learn) {
      sums[group[i]] += values[i];
      counts[group[i]]++;
    }
    return Arrays.stream(judge)
        .mapToDouble(
            i -> {
              int g = group[i];
              double predicted = (sums[g] + PRIOR_CUSTOMERS * mean) / (counts[g] + PRIOR_CUSTOMERS);
              return (values[i] - predicted) * (values[i] - predicted);
            })
        .toArray();
  }

  /** Shares of the categories per group; they add up to one. */
  private static double[][] mixes(double[][] mix, int[] group, int[] learn, int groups) {
    int categories =
        Arrays.stream(mix).filter(m -> m != null).mapToInt(m -> m.length).findFirst().orElse(0);
    double[] all = new double[categories];
    double[][] sums = new double[groups][categories];
    double customers = 0;
    for (int i : learn) {
      if (mix[i] != null) {
        customers++;
        for (int c = 0; c < categories; c++) {
          all[c] += mix[i][c];
          sums[group[i]][c] += mix[i][c];
        }
      }
    }
    for (int c = 0; c < categories; c++) {
      all[c] = (all[c] + SMALLEST_SHARE) / (customers + SMALLEST_SHARE * categories);
    }
    for (double[] own : sums) {
      double count = Arrays.stream(own).sum();
      for (int c = 0; c < categories; c++) {
        own[c] = (own[c] + PRIOR_MIXES * all[c]) / (count + PRIOR_MIXES);
      }
    }
    return sums;
  }

  private static double logLoss(double[] mix, double[] predicted) {
    if (mix == null) {
      return Double.NaN;
    }
    double loss = 0;
    for (int c = 0; c < mix.length; c++) {
      loss -= mix[c] == 0 ? 0 : mix[c] * Math.log(predicted[c]);
    }
    return loss;
  }

  /** Mean over the customers for whom there is a value; NaN when there is none. */
  static double mean(double[] losses) {
    return Arrays.stream(losses).filter(loss -> !Double.isNaN(loss)).average().orElse(Double.NaN);
  }

  /** Both predictions' losses, customer by customer. */
  GroupPrediction and(GroupPrediction other) {
    return new GroupPrediction(
        joined(spend, other.spend), joined(logSpend, other.logSpend), joined(mix, other.mix));
  }

  private static double[] joined(double[] one, double[] other) {
    double[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
