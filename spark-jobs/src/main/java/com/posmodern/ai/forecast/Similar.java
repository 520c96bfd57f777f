package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a product or store without a history of its own borrows from.
 *
 * @param launchesOfStore totals of series in their first weeks, per store
 */
record Similar(SimilarStores stores, SimilarNames names, Map<String, DailyTotals> launchesOfStore)
    implements Serializable {
  /** Where nothing was ever sold. */
  static final Similar NOTHING =
      new Similar(
          new SimilarStores(Map.of(), Map.of(), Map.of()), new SimilarNames(Map.of()), Map.of());

  /** Stores alone, without names or launches. */
  static Similar of(
      Map<String, String> regions,
      Map<String, DailyTotals> totals,
      Map<String, List<WeeklyTotals>> mixes) {
    return new Similar(
        new SimilarStores(regions, totals, mixes), new SimilarNames(Map.of()), Map.of());
  }

  /**
   * How much more a store sells than the stores in which launches were seen, each counted by its
   * days of launches; 1 where that is unknown.
   */
  double factorOfLaunches(String storeId, int from, int origin) {
    double own = stores.usual(storeId, origin);
    double sum = 0;
    double days = 0;
    for (Map.Entry<String, DailyTotals> launches : launchesOfStore.entrySet()) {
      double daily = stores.daily(launches.getKey(), origin);
      double known = launches.getValue().seriesDaysOf(from, origin);
      if (daily > 0) {
        sum += known * daily;
        days += known;
      }
    }
    double factor = own / (sum / days);
    return Double.isFinite(factor) ? factor : 1;
  }
}
