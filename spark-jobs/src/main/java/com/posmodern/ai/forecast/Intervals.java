package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * The interval of every demand class, week of the horizon and size of the forecast; always
 * complete. The size decides how often nothing is sold, and with it which quantiles can be above
 * zero.
 */
record Intervals(Map<Cell, Interval> byCell) implements Serializable {
  /** Sizes double from one bucket to the next. */
  static final int MEAN_BUCKETS = 9;

  private static final double SMALLEST_MEAN = 0.05;

  /**
   * One row of {@code models.forecast_intervals}.
   *
   * @param horizonBucket week of the horizon, from 0
   * @param meanBucket see {@link #meanBucket}
   */
  record Cell(DemandClass demandClass, int horizonBucket, int meanBucket) implements Serializable {}

  /** The assumed interval everywhere. */
  static Intervals assumed(int horizonDays) {
    Map<Cell, Interval> byCell = new HashMap<>();
    for (DemandClass demandClass : DemandClass.values()) {
      for (int week = 0; week <= bucket(horizonDays); week++) {
        for (int size = 0; size < MEAN_BUCKETS; size++) {
          byCell.put(new Cell(demandClass, week, size), Interval.ASSUMED);
        }
      }
    }
    return new Intervals(byCell);
  }

  /** Week of the horizon, from 0. */
  static int bucket(int horizon) {
    return (horizon - 1) / 7;
  }

  /** 0 for forecasts below 0.05 a day, 1 below 0.1, 2 below 0.2, up to 8 from 6.4 on. */
  static int meanBucket(double mean) {
    if (mean < SMALLEST_MEAN) {
      return 0;
    }
    return Math.min(MEAN_BUCKETS - 1, 1 + Math.getExponent(mean / SMALLEST_MEAN));
  }

  Interval of(DemandClass demandClass, int horizon, double mean) {
    return byCell.get(new Cell(demandClass, bucket(horizon), meanBucket(mean)));
  }
}
