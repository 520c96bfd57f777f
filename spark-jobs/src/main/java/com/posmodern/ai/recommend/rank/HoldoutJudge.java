package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Evaluates the published lists and the simple baselines on what the customers bought after the day
 * of the knowledge, all on the same customers.
 *
 * <p>Scopes: all; repeat and explore (products that the customer had or had not bought before; for
 * explore the list is restricted to such products); new_customers (with one or two visits).
 */
final class HoldoutJudge {
  static final String PUBLISHED = "published";
  private static final String FORMER = "former_version";
  private static final String WITHOUT_RULES = "without_rules";
  private static final String REPEAT = "repeat";
  private static final String EXPLORE = "explore";
  private static final String NEW_CUSTOMERS = "new_customers";
  private static final int FEW_VISITS = 2;
  private static final String COVERAGE = "catalogue_coverage";

  private final int length;
  private final SimpleLists simple;
  private final ListRules rules;
  private final Knowledge knowledge;
  private final Map<String, ListMetrics> all = new LinkedHashMap<>();
  private final Map<String, ListMetrics> newCustomers = new LinkedHashMap<>();
  private final Map<String, ListMetrics> repeat = new LinkedHashMap<>();
  private final Map<String, ListMetrics> explore = new LinkedHashMap<>();
  private final PairedRecall pairs = new PairedRecall();
  private final BitSet listed = new BitSet();

  HoldoutJudge(Knowledge knowledge, ListRules rules, int length) {
    this.knowledge = knowledge;
    this.length = length;
    this.rules = rules;
    this.simple = new SimpleLists(knowledge, length);
  }

  /**
   * Adds a customer with at least one earlier purchase.
   *
   * @param former scores of a version from before the holdout; null when there is none
   * @param bought distinct products bought on the days after, ascending
   */
  void add(Candidates candidates, float[] scores, float[] former, OwnPurchases own, int[] bought) {
    int[] order = ListRules.order(candidates, scores);
    Map<String, int[]> lists = new LinkedHashMap<>();
    lists.put(PUBLISHED, products(candidates, rules.choose(candidates, order)));
    lists.put(
        WITHOUT_RULES, products(candidates, Arrays.copyOf(order, Math.min(length, order.length))));
    Arrays.stream(lists.get(PUBLISHED)).forEach(listed::set);
    if (former != null) {
      lists.put(
          FORMER,
          products(candidates, rules.choose(candidates, ListRules.order(candidates, former))));
    }
    lists.putAll(simple.of(own));
    lists.forEach((name, list) -> pairs.add(name, list, bought));
    int[] before = Arrays.stream(bought).filter(p -> own.place(p) >= 0).toArray();
    int[] never = Arrays.stream(bought).filter(p -> own.place(p) < 0).toArray();
    lists.forEach(
        (name, list) -> {
          add(all, name, list, bought);
          add(repeat, name, list, before);
          if (own.visits() <= FEW_VISITS) {
            add(newCustomers, name, list, bought);
          }
        });
    int[] unbought = Arrays.stream(order).filter(row -> !candidates.bought(row)).toArray();
    add(
        explore,
        PUBLISHED,
        products(candidates, Arrays.copyOf(unbought, Math.min(length, unbought.length))),
        never);
    add(explore, SimpleLists.POPULARITY, simple.explore(own), never);
  }

  List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>();
    write(metrics, Metric.ALL, all);
    write(metrics, REPEAT, repeat);
    write(metrics, EXPLORE, explore);
    write(metrics, NEW_CUSTOMERS, newCustomers);
    int offered = 0;
    for (boolean product : knowledge.offered) {
      offered += product ? 1 : 0;
    }
    metrics.add(
        new Metric(
            PUBLISHED,
            Metric.ALL,
            COVERAGE,
            listed.cardinality() / (double) Math.max(1, offered),
            false,
            true));
    return metrics;
  }

  /**
   * Recall@20 of the published lists divided by that of the best simple baseline, minus one; NaN
   * when no list had a hit.
   */
  double skill() {
    double best = 0;
    for (Map.Entry<String, ListMetrics> entry : all.entrySet()) {
      if (isSimple(entry.getKey())) {
        best = Math.max(best, entry.getValue().recall20());
      }
    }
    ListMetrics published = all.get(PUBLISHED);
    double achieved = published == null ? 0 : published.recall20();
    if (best == 0) {
      return achieved > 0 ? 1 : Double.NaN;
    }
    return achieved / best - 1;
  }

  /** The simple list with the highest recall@20; empty when nobody was judged. */
  Optional<String> bestSimple() {
    return all.keySet().stream()
        .filter(HoldoutJudge::isSimple)
        .max(Comparator.comparingDouble(pairs::mean));
  }

  /** Standard error of {@link #skill} over the customers. */
  double skillError() {
    return bestSimple().map(best -> pairs.error(PUBLISHED, best)).orElse(0.0);
  }

  /** The published lists beside those of a version from before the holdout. */
  Evaluation.Paired beside(String version) {
    return new Evaluation.Paired(
        version, pairs.gain(PUBLISHED, FORMER), pairs.error(PUBLISHED, FORMER));
  }

  int customers() {
    return all.containsKey(PUBLISHED) ? all.get(PUBLISHED).customers() : 0;
  }

  private void add(Map<String, ListMetrics> to, String name, int[] list, int[] relevant) {
    to.computeIfAbsent(name, any -> new ListMetrics(length)).add(list, relevant);
  }

  private static void write(List<Metric> metrics, String scope, Map<String, ListMetrics> of) {
    of.forEach(
        (name, measured) -> {
          if (measured.customers() > 0) {
            metrics.addAll(
                isSimple(name)
                    ? measured.ofBaseline(name, scope)
                    : measured.ofCandidate(name, scope));
          }
        });
  }

  private static boolean isSimple(String name) {
    return !List.of(PUBLISHED, WITHOUT_RULES, FORMER).contains(name);
  }

  private static int[] products(Candidates candidates, int[] rows) {
    return Arrays.stream(rows).map(row -> candidates.products()[row]).toArray();
  }
}
