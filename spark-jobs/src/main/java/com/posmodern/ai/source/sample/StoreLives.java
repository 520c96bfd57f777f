package com.posmodern.ai.source.sample;

import com.posmodern.ai.config.SampleSettings;
import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When stores opened, and days on which they were shut without notice: a burst pipe, a strike.
 *
 * @param openedOn first day of business by store; negative before the history
 * @param closings in the order of stores and days
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record StoreLives(int[] openedOn, List<Closing> closings) {
  /** A retailer of fewer stores opens none. */
  private static final int FEWEST_TO_OPEN = 4;

  private static final int SHORTEST_HISTORY_TO_OPEN = 120;
  private static final int OPEN_FOR = 50;
  private static final int HALF_YEAR = 182;
  private static final double CLOSES = 0.35;

  /** The newest days stay open, so that every night has something to forecast from. */
  private static final int LAST_DAYS_OPEN = 14;

  /** Both days included. */
  record Closing(int store, int firstDay, int lastDay) {}

  /** The last of four stores or more opens seven weeks before the end. */
  static StoreLives of(SampleSettings settings) {
    int[] openedOn = new int[settings.stores()];
    Arrays.setAll(openedOn, store -> -400 - 97 * store);
    if (settings.stores() >= FEWEST_TO_OPEN && settings.days() >= SHORTEST_HISTORY_TO_OPEN) {
      openedOn[settings.stores() - 1] = settings.days() - OPEN_FOR;
    }
    List<Closing> closings = new ArrayList<>();
    for (int store = 0; store < settings.stores(); store++) {
      for (int start = 0; start + HALF_YEAR <= settings.days(); start += HALF_YEAR) {
        SplittableRandom random = Noise.stream(settings.seed(), Topic.CLOSING, store, start);
        boolean closes = random.nextDouble() < CLOSES;
        int first = start + random.nextInt(HALF_YEAR - LAST_DAYS_OPEN - 9);
        int last = first + 3 + random.nextInt(6);
        if (closes && first > openedOn[store]) {
          closings.add(new Closing(store, first, last));
        }
      }
    }
    return new StoreLives(openedOn, List.copyOf(closings));
  }

  /** Whether the store does business on a day of history. */
  boolean isOpen(int store, int day) {
    if (day < openedOn[store]) {
      return false;
    }
    for (Closing closing : closings) {
      if (closing.store() == store && closing.firstDay() <= day && day <= closing.lastDay()) {
        return false;
      }
    }
    return true;
  }
}
