package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Promotions of one series, known in advance.
 *
 * @param starts first epoch days
 * @param ends last epoch days
 * @param discounts share of the price taken off, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Travels with every series.
record PromotionPlan(int[] starts, int[] ends, float[] discounts) implements Serializable {
  static final PromotionPlan NONE = new PromotionPlan(new int[0], new int[0], new float[0]);

  /** Position of the promotion that holds on the day with the highest discount; -1 for none. */
  int at(int day) {
    int best = -1;
    for (int i = 0; i < starts.length; i++) {
      if (starts[i] <= day && day <= ends[i] && (best < 0 || discounts[i] > discounts[best])) {
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
