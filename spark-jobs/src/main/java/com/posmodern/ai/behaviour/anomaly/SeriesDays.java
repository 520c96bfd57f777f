package com.posmodern.ai.behaviour.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * The days of one series up to the as-of date as arrays, oldest first.
 *
 * @param demand NaN before the first sale and on days whose sales are not all known
 * @param mean published forecast, NaN for none; likewise p10 and p90
 * @param promoted units sold in a promotion
 * @param soldOut products that were sold out
 * @param returned units taken back
 * @param fewReturned the same without heaps of one product, see {@link LevelDays#FEW_RETURNED}
 * @param products that sold
 * @param sold units sold, whatever was taken back, as far as known; zero where demand is unknown
 * @param value of what was sold, at shelf prices
 * @param givenAway discounts outside promotions, in money
 * @param prices mean revenue per unit, NaN on days without a sale
 * @param shelfPrices mean shelf price of a product, NaN on days without a sale and of other levels
 * @param price mean revenue per unit over all days
 * @param arrived units that arrived of days whose sales are not all known, NaN on other days
 * @param events those near the store in the judged days
 */
@SuppressWarnings("ArrayRecordComponent") // A day is a number; lists would box them.
record SeriesDays(
    double[] demand,
    double[] mean,
    double[] p10,
    double[] p90,
    double[] promoted,
    double[] soldOut,
    double[] returned,
    double[] fewReturned,
    double[] products,
    double[] sold,
    double[] value,
    double[] givenAway,
    double[] prices,
    double[] shelfPrices,
    double price,
    double[] arrived,
    List<Event> events) {

  /** State of a day of {@code ops.arrivals} on which nothing was to arrive. */
  private static final String CLOSED = "closed";

  /** Whether anything was sold, or was to arrive, on the last so many days. */
  boolean sells(int days) {
    for (int day = demand.length - days; day < demand.length; day++) {
      if (demand[day] > 0 || arrived[day] >= 0) {
        return true;
      }
    }
    return false;
  }

  /** An event near the store, from and until an index of the arrays. */
  record Event(int first, int last, String name, double attendance) {}

  /**
   * Reads a row of {@link JudgedSeries}.
   *
   * @param row store, days, unknown, events
   */
  static SeriesDays of(Row row, int asOf, int length) {
    int origin = asOf - length + 1;
    double[] demand = filled(length, 0);
    double[] revenue = filled(length, 0);
    double[] mean = filled(length, Double.NaN);
    double[] p10 = filled(length, Double.NaN);
    double[] p90 = filled(length, Double.NaN);
    double[] promoted = filled(length, 0);
    double[] soldOut = filled(length, 0);
    double[] returned = filled(length, 0);
    double[] fewReturned = filled(length, 0);
    double[] products = filled(length, 0);
    double[] units = filled(length, 0);
    double[] value = filled(length, 0);
    double[] givenAway = filled(length, 0);
    double[] shelfPrices = filled(length, Double.NaN);
    int first = length;
    for (Row day : row.<Row>getList(1)) {
      int at = day.getInt(0) - origin;
      demand[at] = day.getDouble(1);
      revenue[at] = day.getDouble(2);
      mean[at] = day.isNullAt(3) ? Double.NaN : day.getDouble(3);
      p10[at] = day.isNullAt(4) ? Double.NaN : day.getDouble(4);
      p90[at] = day.isNullAt(5) ? Double.NaN : day.getDouble(5);
      promoted[at] = day.getDouble(6);
      soldOut[at] = day.getDouble(7);
      returned[at] = day.getDouble(8);
      value[at] = day.getDouble(9);
      givenAway[at] = day.getDouble(10);
      shelfPrices[at] = day.isNullAt(11) ? Double.NaN : day.getDouble(11);
      units[at] = day.getDouble(12);
      fewReturned[at] = day.getDouble(13);
      products[at] = day.getDouble(14);
      if (demand[at] > 0 && at < first) {
        first = at;
      }
    }
    double sold = 0;
    double earned = 0;
    double[] prices = filled(length, Double.NaN);
    for (int at = 0; at < length; at++) {
      sold += demand[at];
      earned += revenue[at];
      if (demand[at] > 0) {
        prices[at] = revenue[at] / demand[at];
      }
    }
    // Nothing is known of days before the first sale: the product may not have been there.
    for (int at = 0; at < first; at++) {
      demand[at] = Double.NaN;
    }
    double[] arrived = filled(length, Double.NaN);
    if (!row.isNullAt(2)) {
      for (Row day : row.<Row>getList(2)) {
        int at = day.getInt(0) - origin;
        if (at >= 0 && at < length) {
          if (!day.getString(1).equals(CLOSED)) {
            arrived[at] = Double.isNaN(demand[at]) ? 0 : demand[at];
          }
          demand[at] = Double.NaN;
          units[at] = 0;
        }
      }
    }
    List<Event> events = new ArrayList<>();
    if (!row.isNullAt(3)) {
      for (Row event : row.<Row>getList(3)) {
        events.add(
            new Event(
                event.getInt(0) - origin,
                event.getInt(1) - origin,
                event.getString(2),
                event.isNullAt(3) ? 0 : event.getDouble(3)));
      }
    }
    return new SeriesDays(
        demand,
        mean,
        p10,
        p90,
        promoted,
        soldOut,
        returned,
        fewReturned,
        products,
        units,
        value,
        givenAway,
        prices,
        shelfPrices,
        sold > 0 ? Math.max(0, earned / sold) : 0,
        arrived,
        events);
  }

  private static double[] filled(int length, double value) {
    double[] values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
