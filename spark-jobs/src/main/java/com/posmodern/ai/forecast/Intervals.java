package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The interval of every demand class and week of the horizon; always complete. */
record Intervals(Map<DemandClass, List<Interval>> byClass) implements Serializable {

  /** The assumed interval everywhere. */
  static Intervals assumed(int horizonDays) {
    Map<DemandClass, List<Interval>> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      List<Interval> buckets = new ArrayList<>();
      for (int bucket = 0; bucket <= bucket(horizonDays); bucket++) {
        buckets.add(Interval.ASSUMED);
      }
      byClass.put(demandClass, buckets);
    }
    return new Intervals(byClass);
  }

  /** Week of the horizon, from 0. */
  static int bucket(int horizon) {
    return (horizon - 1) / 7;
  }

  Interval of(DemandClass demandClass, int horizon) {
    List<Interval> buckets = byClass.get(demandClass);
    return buckets.get(Math.min(bucket(horizon), buckets.size() - 1));
  }
}
