package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.OPEN;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_date;

import java.io.Serializable;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;

/**
 * Days on which a store was closed or its sales are not completely known (partly arrived, or
 * missing), and days to come on which it will be closed. Their demand is unknown, not zero; on days
 * to come it is zero.
 *
 * <p>Bounded by stores and days: a bit each.
 *
 * @param firstDay epoch day of bit 0
 * @param byStore stores without such a day are left out
 */
record StoreDays(int firstDay, Map<String, BitSet> byStore) implements Serializable {
  /** All days of every store are open and known. */
  static final StoreDays ALL_OPEN = new StoreDays(0, Map.of());

  private static final int RECENT_WEEKS = 8;
  private static final int FEWEST_WEEKS = 4;
  private static final int WEEK = 7;

  /** Collects the days that are not open, from the first day of history to the horizon's end. */
  static StoreDays of(ForecastInput input, int historyDays, int horizonDays) {
    int asOf = input.asOfDay();
    int first = asOf - historyDays + 1;
    Column day = unix_date(col(BUSINESS_DATE));
    Map<String, BitSet> unknown = new TreeMap<>();
    Map<String, int[]> recent = new HashMap<>();
    input
        .arrivals()
        .ifPresent(
            rows ->
                rows.where(day.between(first, asOf))
                    .select(col(STORE_ID), day, col(STATE))
                    .collectAsList()
                    .forEach(
                        row -> {
                          String store = row.getString(0);
                          String state = row.getString(2);
                          if (!state.equals("open")) {
                            unknown
                                .computeIfAbsent(store, id -> new BitSet())
                                .set(row.getInt(1) - first);
                          }
                          if (row.getInt(1) > asOf - RECENT_WEEKS * WEEK) {
                            int[] counts = recent.computeIfAbsent(store, id -> new int[2 * WEEK]);
                            int weekday = Math.floorMod(row.getInt(1), WEEK);
                            counts[weekday]++;
                            counts[WEEK + weekday] += state.equals("closed") ? 1 : 0;
                          }
                        }));
    recent.forEach(
        (store, counts) -> {
          for (int ahead = 1; ahead <= horizonDays; ahead++) {
            int weekday = Math.floorMod(asOf + ahead, WEEK);
            if (counts[weekday] >= FEWEST_WEEKS && counts[weekday] == counts[WEEK + weekday]) {
              unknown.computeIfAbsent(store, id -> new BitSet()).set(asOf + ahead - first);
            }
          }
        });
    input
        .storeDays()
        .ifPresent(
            rows ->
                rows.where(day.between(asOf + 1, asOf + horizonDays).and(not(col(OPEN))))
                    .select(col(STORE_ID), day)
                    .collectAsList()
                    .forEach(
                        row ->
                            unknown
                                .computeIfAbsent(row.getString(0), id -> new BitSet())
                                .set(row.getInt(1) - first)));
    return new StoreDays(first, unknown);
  }

  /** Whether the store is closed on the day, or its sales are not completely known. */
  boolean notOpen(String store, int day) {
    BitSet days = byStore.get(store);
    return days != null && day >= firstDay && days.get(day - firstDay);
  }

  /** Marks these days in an array in which sold-out days are already marked. */
  void mark(String store, int arrayFirstDay, boolean[] unobserved) {
    if (byStore.containsKey(store)) {
      for (int i = 0; i < unobserved.length; i++) {
        unobserved[i] |= notOpen(store, arrayFirstDay + i);
      }
    }
  }
}
