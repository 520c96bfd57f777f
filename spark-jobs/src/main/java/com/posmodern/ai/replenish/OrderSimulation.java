package com.posmodern.ai.replenish;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Days of one shelf under an order policy: deliveries in the morning, then demand, of which what is
 * not there is lost; oldest goods are sold first and spoil at closing.
 */
final class OrderSimulation {
  private final double[] demand;
  private final int[] orderDays;
  private final int leadTime;
  private final int shelfLife;

  /**
   * Days of a shelf.
   *
   * @param demand units wanted on each day; day 1 is the first
   * @param orderDays days on the morning of which an order may be placed, ascending, at least two
   * @param leadTime days from the order to the shelf
   * @param shelfLife days for which goods can be sold
   */
  OrderSimulation(double[] demand, int[] orderDays, int leadTime, int shelfLife) {
    this.demand = demand.clone();
    this.orderDays = orderDays.clone();
    this.leadTime = leadTime;
    this.shelfLife = shelfLife;
  }

  /**
   * What happened from the arrival of the first order to the day before the last one's, so that all
   * cycles are whole.
   *
   * @param stock units on hand at closing, summed over the days
   * @param promisedLost units that the policy expected to lose
   */
  record Outcome(
      int days,
      int cycles,
      int soldOutCycles,
      double demand,
      double lost,
      double stock,
      double wasted,
      int orders,
      double promisedLost) {}

  /** A delivery on the shelf. */
  private static final class Delivery {
    private final int arrived;
    private double units;

    private Delivery(int arrived, double units) {
      this.arrived = arrived;
      this.units = units;
    }
  }

  /** A way to order. */
  interface Policy {
    /** What shall be on hand and on order, for demand up to and with {@code until}. */
    double level(int day, int until);

    double quantity(double position, double level);

    /**
     * Units of demand up to and with {@code until} expected beyond what is on hand and on order.
     */
    double expectedLost(int day, int until, double position);
  }

  /** Whether a whole cycle lies within the days. */
  boolean isJudgeable() {
    return orderDays.length >= 2 && last() > first();
  }

  private int first() {
    return orderDays[0] + leadTime;
  }

  private int last() {
    for (int order = orderDays.length - 1; order > 0; order--) {
      if (orderDays[order] + leadTime <= demand.length + 1) {
        return orderDays[order] + leadTime;
      }
    }
    return 0;
  }

  /**
   * @param usual units a day before the first one, for the stock that the policy starts with
   */
  Outcome run(Policy policy, double usual) {
    Deque<Delivery> shelf = new ArrayDeque<>();
    double[] arriving = new double[demand.length + leadTime + 2];
    // A cycle ago the stock was filled up to the level; since then a cycle's demand was sold.
    int cycle = orderDays[1] - orderDays[0];
    double level = policy.level(orderDays[0], orderDays[1] + leadTime - 1);
    double start =
        Math.ceil(Math.max(level - usual * (cycle - orderDays[0] + 1), usual * leadTime));
    shelf.add(new Delivery(1, start));
    int first = first();
    int last = last();
    int next = 0;
    Totals totals = new Totals();
    for (int day = 1; day <= demand.length; day++) {
      double onHand = shelf.stream().mapToDouble(batch -> batch.units).sum();
      if (next < orderDays.length && orderDays[next] == day) {
        double position = onHand + Arrays.stream(arriving, day, arriving.length).sum();
        int until = next + 1 < orderDays.length ? orderDays[next + 1] : day + cycle;
        int lasts = Math.min(until, day + shelfLife) + leadTime - 1;
        double quantity = policy.quantity(position, policy.level(day, lasts));
        arriving[day + leadTime] += quantity;
        boolean judged = day + leadTime >= first && day + leadTime < last;
        if (judged) {
          totals.orders += quantity > 0 ? 1 : 0;
          totals.promisedLost += policy.expectedLost(day, lasts, position + quantity);
        }
        next++;
      }
      if (arriving[day] > 0) {
        shelf.add(new Delivery(day, arriving[day]));
      }
      double lost = demand[day - 1] - sell(shelf, demand[day - 1]);
      double wasted = spoil(shelf, day);
      if (day >= first && day < last) {
        boolean begins = Arrays.binarySearch(orderDays, day - leadTime) >= 0;
        totals.add(begins, demand[day - 1], lost, shelf, wasted);
      }
    }
    return totals.outcome();
  }

  private static double sell(Deque<Delivery> shelf, double wanted) {
    double open = wanted;
    while (open > 0 && !shelf.isEmpty()) {
      Delivery oldest = shelf.peek();
      double taken = Math.min(open, oldest.units);
      oldest.units -= taken;
      open -= taken;
      if (oldest.units <= 0) {
        shelf.remove();
      }
    }
    return wanted - open;
  }

  private double spoil(Deque<Delivery> shelf, int day) {
    double wasted = 0;
    while (!shelf.isEmpty() && day - shelf.peek().arrived + 1 >= shelfLife) {
      wasted += shelf.remove().units;
    }
    return wasted;
  }

  private static final class Totals {
    private int days;
    private int cycles;
    private int soldOutCycles;
    private boolean soldOut;
    private double demand;
    private double lost;
    private double stock;
    private double wasted;
    private int orders;
    private double promisedLost;

    private void add(
        boolean begins, double wanted, double missing, Deque<Delivery> shelf, double spoilt) {
      if (begins) {
        cycles++;
        soldOut = false;
      }
      if (missing > 0 && !soldOut) {
        soldOut = true;
        soldOutCycles++;
      }
      days++;
      demand += wanted;
      lost += missing;
      stock += shelf.stream().mapToDouble(batch -> batch.units).sum();
      wasted += spoilt;
    }

    private Outcome outcome() {
      return new Outcome(
          days, cycles, soldOutCycles, demand, lost, stock, wasted, orders, promisedLost);
    }
  }
}
