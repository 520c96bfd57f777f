package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.model.Metric;
import java.util.List;

/**
 * Ranking metrics of lists against what the customers then bought (Manning, Raghavan and Schütze
 * 2008, chapter 8): means over all customers with relevant products, including those without a
 * list.
 *
 * <p>Average precision and the ideal DCG count at most as many relevant products as the list is
 * long.
 */
final class ListMetrics {
  static final String PRECISION_10 = "precision@10";
  static final String RECALL_10 = "recall@10";
  static final String RECALL_20 = "recall@20";
  static final String NDCG_10 = "ndcg@10";
  static final String MAP = "map";

  private final int length;
  private int customers;
  private double precision10;
  private double recall10;
  private double recall20;
  private double ndcg10;
  private double map;

  /**
   * @param length maximum list length, the cut-off of MAP
   */
  ListMetrics(int length) {
    this.length = length;
  }

  /**
   * Adds a customer.
   *
   * @param list distinct products, best first
   * @param relevant distinct products, ascending; a customer without any is ignored
   */
  void add(int[] list, int[] relevant) {
    if (relevant.length == 0) {
      return;
    }
    int hits = 0;
    int hits10 = 0;
    int hits20 = 0;
    double gain = 0;
    double precisions = 0;
    for (int place = 0; place < list.length; place++) {
      if (!TrainingRows.isIn(relevant, list[place])) {
        continue;
      }
      hits++;
      hits10 += place < 10 ? 1 : 0;
      hits20 += place < 20 ? 1 : 0;
      gain += place < 10 ? discount(place) : 0;
      precisions += place < length ? hits / (double) (place + 1) : 0;
    }
    double ideal = 0;
    for (int place = 0; place < Math.min(10, relevant.length); place++) {
      ideal += discount(place);
    }
    customers++;
    precision10 += hits10 / 10.0;
    recall10 += hits10 / (double) relevant.length;
    recall20 += hits20 / (double) relevant.length;
    ndcg10 += gain / ideal;
    map += precisions / Math.min(relevant.length, length);
  }

  int customers() {
    return customers;
  }

  double recall20() {
    return mean(recall20);
  }

  double ndcg10() {
    return mean(ndcg10);
  }

  /** The metrics of lists that could be published; NaN when no customer was evaluated. */
  List<Metric> ofCandidate(String name, String scope) {
    return metrics(name, scope, false);
  }

  /** The metrics of a baseline's lists; NaN when no customer was evaluated. */
  List<Metric> ofBaseline(String name, String scope) {
    return metrics(name, scope, true);
  }

  private List<Metric> metrics(String candidate, String scope, boolean baseline) {
    return List.of(
        new Metric(candidate, scope, RECALL_20, recall20(), baseline, true),
        new Metric(candidate, scope, NDCG_10, ndcg10(), baseline, true),
        new Metric(candidate, scope, MAP, mean(map), baseline, true),
        new Metric(candidate, scope, RECALL_10, mean(recall10), baseline, true),
        new Metric(candidate, scope, PRECISION_10, mean(precision10), baseline, true));
  }

  private double mean(double sum) {
    return customers == 0 ? Double.NaN : sum / customers;
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2);
  }
}
