package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import com.posmodern.ai.behaviour.anomaly.SeriesIncidents.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * One incident for the chain, rather than the same one for each store.
 *
 * <p>What at least half of the stores that sell the item on the judged days, and two of them, have
 * at the same time is one row of the store {@value DemandAnomalies#ALL}: a season, the weather of a
 * whole region, a price of the chain. A store that lies more than {@value #FAR} times as far from
 * what was expected as the median of these stores has something of its own, and keeps its row. A
 * price that moves by less than half in all of them is the chain's new price, and no incident.
 */
final class ChainIncidents {
  private static final int FEWEST_STORES = 2;
  private static final double SHARE = 0.5;
  private static final double FAR = 2;
  private static final double LEAST = 0.5;

  /** Up to which logarithm of a factor all stores' other price is the chain's new price. */
  private static final double NEW_PRICE = Math.log(1.5);

  private static final Comparator<FoundIncident> BY_DAY =
      Comparator.<FoundIncident>comparingInt(one -> one.incident().first())
          .thenComparingInt(one -> one.incident().last())
          .thenComparing(FoundIncident::store);

  private ChainIncidents() {}

  /**
   * The incidents with those in common merged into one.
   *
   * @param found of all stores of one item
   * @param stores number of those that sell it on the judged days
   */
  static List<FoundIncident> merged(List<FoundIncident> found, int stores) {
    Map<String, List<FoundIncident>> same =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.measure() + " " + one.incident().above(),
                    TreeMap::new,
                    Collectors.toList()));
    List<FoundIncident> merged = new ArrayList<>();
    same.values().forEach(all -> merge(all, stores, merged));
    return merged;
  }

  /** Stretches of days in which stores have the same, one after the other. */
  private static void merge(List<FoundIncident> same, int stores, List<FoundIncident> merged) {
    List<FoundIncident> run = new ArrayList<>();
    int last = Integer.MIN_VALUE;
    for (FoundIncident one : same.stream().sorted(BY_DAY).toList()) {
      if (one.incident().first() > last) {
        add(run, stores, merged);
        run.clear();
      }
      run.add(one);
      last = Math.max(last, one.incident().last());
    }
    add(run, stores, merged);
  }

  private static void add(List<FoundIncident> run, int stores, List<FoundIncident> merged) {
    long together = run.stream().map(FoundIncident::store).distinct().count();
    if (together < FEWEST_STORES || together < SHARE * stores) {
      merged.addAll(run);
      return;
    }
    double middle = Medians.of(run.stream().mapToDouble(ChainIncidents::away).toArray());
    run.stream().filter(one -> away(one) > FAR * middle).forEach(merged::add);
    if (run.get(0).measure() != Measure.PRICE || middle > NEW_PRICE) {
      merged.add(ofChain(run, together, stores));
    }
  }

  /** Factor between what was seen and expected, as a logarithm without its sign. */
  private static double away(FoundIncident one) {
    Incident incident = one.incident();
    return Math.abs(
        Math.log(Math.max(incident.observed(), LEAST) / Math.max(incident.expected(), LEAST)));
  }

  private static FoundIncident ofChain(List<FoundIncident> run, long together, int stores) {
    FoundIncident largest =
        run.stream()
            .max(Comparator.comparingDouble(FoundIncident::money).thenComparing(BY_DAY))
            .orElseThrow();
    // Units and money add up over stores, prices do not.
    double parts = largest.measure() == Measure.PRICE ? run.size() : 1;
    boolean forecast = run.stream().allMatch(one -> one.incident().basis() == Basis.FORECAST);
    Incident incident =
        new Incident(
            run.stream().mapToInt(one -> one.incident().first()).min().orElseThrow(),
            run.stream().mapToInt(one -> one.incident().last()).max().orElseThrow(),
            sum(run, Incident::observed) / parts,
            sum(run, Incident::expected) / parts,
            sum(run, Incident::lower) / parts,
            sum(run, Incident::upper) / parts,
            // Of deviations that agree, as if stores were independent (Stouffer 1949).
            sum(run, Incident::deviations) / Math.sqrt(run.size()),
            forecast ? Basis.FORECAST : Basis.HISTORY);
    return new FoundIncident(
        DemandAnomalies.ALL,
        largest.measure(),
        incident,
        run.stream().mapToDouble(FoundIncident::money).sum(),
        new Cause.Found(
            largest.cause().cause(),
            "in %d of %d stores; %s".formatted(together, stores, largest.cause().evidence())));
  }

  private static double sum(List<FoundIncident> run, ToDoubleFunction<Incident> value) {
    return run.stream().mapToDouble(one -> value.applyAsDouble(one.incident())).sum();
  }
}
