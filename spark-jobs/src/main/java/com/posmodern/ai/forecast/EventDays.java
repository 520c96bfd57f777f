package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Special days of a region: which days they are, and how far the next and the last one are.
 *
 * @param here 1 on the day, else 0
 * @param next days until the next one, at most {@value #FAR}; 0 on the day
 * @param last days since the last one, at most {@value #FAR}; 0 on the day
 */
record EventDays(DayValues here, DayValues next, DayValues last) implements Serializable {
  static final int FAR = 15;

  static EventDays of(DayValues here) {
    int days = here.values().length;
    DayValues next = new DayValues(here.firstDay(), new float[days]);
    DayValues last = new DayValues(here.firstDay(), new float[days]);
    float distance = FAR;
    for (int i = 0; i < days; i++) {
      distance = here.values()[i] > 0 ? 0 : Math.min(FAR, distance + 1);
      last.values()[i] = distance;
    }
    distance = FAR;
    for (int i = days - 1; i >= 0; i--) {
      distance = here.values()[i] > 0 ? 0 : Math.min(FAR, distance + 1);
      next.values()[i] = distance;
    }
    return new EventDays(here, next, last);
  }
}
