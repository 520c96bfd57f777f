package com.posmodern.ai.campaign.uplift;

import com.posmodern.ai.model.Metric;
import com.posmodern.ai.model.UpliftFigures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an order of customers is worth: the revenue that messages bring when the first of it get
 * them. No customer is seen with and without a message, so each counts with an estimate that is
 * right on average: the outcome beyond what was expected, times +1/share or −1/(1 − share) (Horvitz
 * and Thompson; the expectation, of trees that have not seen the customer, only takes noise away).
 */
final class UpliftJudge {
  private static final double TOP = 0.3;
  private static final int TENTHS = 10;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final UpliftRows rows;
  private final double[] estimates;

  /**
   * Ready to judge.
   *
   * @param expected spend of each row, whatever its arm, by trees that have not seen the customer
   */
  UpliftJudge(UpliftRows rows, double[] expected) {
    this.rows = rows;
    this.estimates = new double[rows.size()];
    for (int row = 0; row < estimates.length; row++) {
      double share = rows.shares()[row];
      double beyond = rows.outcomes()[row] - expected[row];
      estimates[row] = rows.treated()[row] ? beyond / share : -beyond / (1 - share);
    }
  }

  /**
   * A difference of two orders, per customer.
   *
   * @param error its standard error, from the paired differences of the customers
   */
  record Difference(double value, double error) {
    /** True where two standard errors do not explain it. */
    boolean isProven() {
      return value > 2 * error;
    }
  }

  /** Difference of the Qini areas: how much one order is worth more, on average over all depths. */
  Difference difference(double[] one, double[] other) {
    double[] first = depths(one);
    double[] second = depths(other);
    Map<Long, Double> customers = new HashMap<>();
    double sum = 0;
    for (int row = 0; row < estimates.length; row++) {
      double gain = estimates[row] * (first[row] - second[row]);
      customers.merge(rows.customers()[row], gain, Double::sum);
      sum += gain;
    }
    double mean = sum / customers.size();
    double squares = 0;
    for (double gain : customers.values()) {
      squares += (gain - mean) * (gain - mean);
    }
    int size = estimates.length;
    return new Difference(sum / size, Math.sqrt(squares) / size);
  }

  List<Metric> metrics(String candidate, double[] scores) {
    boolean simple = candidate.equals(UpliftFigures.PROPENSITY);
    double[] depths = depths(scores);
    double area = 0;
    double all = 0;
    for (int row = 0; row < estimates.length; row++) {
      area += estimates[row] * depths[row];
      all += estimates[row];
    }
    List<Metric> metrics = new ArrayList<>();
    // Of a random order the area is half of what all messages bring.
    metrics.add(metric(candidate, UpliftFigures.QINI, (area - all / 2) / estimates.length, simple));
    metrics.add(metric(candidate, UpliftFigures.TOP, top(depths), simple));
    for (int tenth = 1; tenth <= TENTHS; tenth++) {
      metrics.add(
          new Metric(
              candidate,
              Metric.tenth(tenth),
              UpliftFigures.CUMULATED,
              cumulated(depths, (double) tenth / TENTHS) / estimates.length,
              simple,
              true));
    }
    return metrics;
  }

  /** Revenue that a message brings to one of the first 30 %. */
  private double top(double[] depths) {
    return cumulated(depths, TOP) / (TOP * estimates.length);
  }

  private double cumulated(double[] depths, double share) {
    double sum = 0;
    for (int row = 0; row < estimates.length; row++) {
      sum += depths[row] > 1 - share ? estimates[row] : 0;
    }
    return sum;
  }

  /**
   * 1 for the highest score, falling evenly to 1/n: the share of depths at which a row is in. Equal
   * scores are in an order by chance, not in that of the nights.
   */
  double[] depths(double[] scores) {
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, row -> row);
    Arrays.sort(
        order,
        Comparator.<Integer>comparingDouble(row -> -scores[row])
            .thenComparingLong(row -> rows.customers()[row] * MIX));
    double[] depths = new double[scores.length];
    for (int place = 0; place < order.length; place++) {
      depths[order[place]] = 1 - (double) place / order.length;
    }
    return depths;
  }

  private static Metric metric(String candidate, String name, double value, boolean simple) {
    return new Metric(candidate, Metric.ALL, name, value, simple, true);
  }
}
