package com.posmodern.ai.behaviour.live;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** What one store usually sells, for any stretch of time. */
public final class StoreProfile {
  private static final int HOURS = 168;
  private static final int MINUTES = 60;

  /** Days differ by this much at least, as shares squared: no mean is known exactly. */
  private static final double LEAST_DIFFERENCE = 0.01;

  private final String store;
  private final ZoneId zone;
  private final double[] receipts = new double[HOURS];
  private final double[] revenue = new double[HOURS];
  private final double[] revenueSpread = new double[HOURS];
  private final int[] firstMinute = new int[HOURS];
  private final int[] endMinute = new int[HOURS];
  private final Set<LocalDate> closed = new HashSet<>();
  private double excess;
  private double squares;

  public StoreProfile(String store, ZoneId zone) {
    this.store = store;
    this.zone = zone;
    Arrays.fill(endMinute, MINUTES);
  }

  /**
   * One hour of the week, as a row of {@code results.live_profiles} has it.
   *
   * @param receiptsSpread and {@code moneySpread}: standard deviations
   */
  public record Hour(
      int hourOfWeek,
      int firstMinute,
      int lastMinute,
      double receipts,
      double receiptsSpread,
      double money,
      double moneySpread) {}

  public StoreProfile with(Hour hour) {
    int at = hour.hourOfWeek();
    receipts[at] = hour.receipts();
    revenue[at] = hour.money();
    revenueSpread[at] = hour.moneySpread();
    firstMinute[at] = hour.firstMinute();
    endMinute[at] = hour.lastMinute() + 1;
    excess += Math.pow(hour.receiptsSpread(), 2) - hour.receipts();
    squares += Math.pow(hour.receipts(), 2);
    return this;
  }

  /** On that day nothing is expected. */
  public StoreProfile closedOn(LocalDate day) {
    closed.add(day);
    return this;
  }

  public String store() {
    return store;
  }

  public ZoneId zone() {
    return zone;
  }

  /** Variance of the days' levels beside their mean of 1. */
  public double differences() {
    return squares > 0 ? Math.max(LEAST_DIFFERENCE, excess / squares) : 1;
  }

  /** Receipts expected between two moments. */
  public double receipts(Instant from, Instant until) {
    return within(from, until, receipts, 1);
  }

  /** Revenue expected between two moments. */
  public double revenue(Instant from, Instant until) {
    return within(from, until, revenue, 1);
  }

  /** Standard deviation of the revenue between two moments. */
  public double revenueSpread(Instant from, Instant until) {
    return Math.sqrt(within(from, until, revenueSpread, 2));
  }

  private double within(Instant from, Instant until, double[] hours, int power) {
    double sum = 0;
    ZonedDateTime hour = from.atZone(zone).truncatedTo(ChronoUnit.HOURS);
    for (; hour.toInstant().isBefore(until); hour = hour.plusHours(1)) {
      if (!closed.contains(hour.toLocalDate())) {
        int at = (hour.getDayOfWeek().getValue() - 1) * 24 + hour.getHour();
        if (hours[at] > 0) {
          sum += Math.pow(hours[at], power) * share(at, hour.toInstant(), from, until);
        }
      }
    }
    return sum;
  }

  /** Of an hour's open minutes those between the two moments. */
  private double share(int at, Instant hour, Instant from, Instant until) {
    double begin = Math.max(firstMinute[at], minutes(hour, from));
    double end = Math.min(endMinute[at], minutes(hour, until));
    return Math.max(0, end - begin) / (endMinute[at] - firstMinute[at]);
  }

  private static double minutes(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 60_000.0;
  }
}
