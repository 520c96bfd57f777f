package com.posmodern.ai.recommend.rank;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Recall@20 of several lists per customer, so that two of them can be compared in pairs. */
final class PairedRecall {
  private static final int LENGTH = 20;

  private final Map<String, List<Double>> recalls = new HashMap<>();

  /** Adds one customer's list; all lists of a customer are added. */
  void add(String name, int[] list, int[] relevant) {
    if (relevant.length == 0) {
      return;
    }
    int hits = 0;
    for (int place = 0; place < Math.min(LENGTH, list.length); place++) {
      hits += TrainingRows.isIn(relevant, list[place]) ? 1 : 0;
    }
    recalls.computeIfAbsent(name, any -> new ArrayList<>()).add(hits / (double) relevant.length);
  }

  /** Mean recall; 0 where there is no such list. */
  double mean(String name) {
    return recalls.getOrDefault(name, List.of()).stream()
        .mapToDouble(recall -> recall)
        .average()
        .orElse(0);
  }

  /** By how much one list's mean is higher, as a share of the other's; NaN when that is 0. */
  double gain(String one, String other) {
    double base = mean(other);
    return base == 0 ? Double.NaN : mean(one) / base - 1;
  }

  /**
   * Standard error of the gain over the customers: that of a ratio of two means of pairs (delta
   * method, Cochran, "Sampling Techniques", 1977, section 6.4).
   */
  double error(String one, String other) {
    List<Double> own = recalls.getOrDefault(one, List.of());
    List<Double> base = recalls.getOrDefault(other, List.of());
    double mean = mean(other);
    if (own.size() < 2 || mean == 0) {
      return 0;
    }
    double ratio = mean(one) / mean;
    double sum = 0;
    for (int i = 0; i < own.size(); i++) {
      double residual = own.get(i) - ratio * base.get(i);
      sum += residual * residual;
    }
    double n = own.size();
    return Math.sqrt(sum / (n - 1) / n) / mean;
  }
}
