package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Promotions of one series, each known from a day on.
 *
 * @param starts first epoch days
 * @param ends last epoch days
 * @param discounts share of the price taken off, 0 to 1
 * @param knownFrom epoch days on which they were announced; {@link Integer#MIN_VALUE} where nobody
 *     recorded it
 */
@SuppressWarnings("ArrayRecordComponent") // Travels with every series.
record PromotionPlan(int[] starts, int[] ends, float[] discounts, int[] knownFrom)
    implements Serializable {
  static final PromotionPlan NONE =
      new PromotionPlan(new int[0], new int[0], new float[0], new int[0]);

  /**
   * Position of the promotion with the highest discount that holds on the day, of those known at
   * the origin; -1 for none.
   */
  int at(int day, int origin) {
    int best = -1;
    for (int i = 0; i < starts.length; i++) {
      boolean holds = knownFrom[i] <= origin && starts[i] <= day && day <= ends[i];
      if (holds && (best < 0 || discounts[i] > discounts[best])) {
        best = i;
      }
    }
    return best;
  }

  /** Sets the days on which a promotion holds, up to an epoch day. */
  void mark(boolean[] promoted, int firstDay, int lastDay) {
    for (int i = 0; i < starts.length; i++) {
      int from = Math.max(starts[i], firstDay);
      for (int day = from; day <= Math.min(ends[i], lastDay); day++) {
        promoted[day - firstDay] = true;
      }
    }
  }
}
