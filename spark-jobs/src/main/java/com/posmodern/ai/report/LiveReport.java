package com.posmodern.ai.report;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the page of the stream shows.
 *
 * @param at when it was made
 * @param newest sale; empty before the first
 * @param judgedUntil sales of later times are not judged yet, as some may be on their way
 * @param zone whose clock the page tells
 * @param sales of all stores, in order
 * @param stores those that differ most from what is usual, first
 * @param alerts open ones, the one with most money first
 * @param sources the tables that the stream writes or compares with
 */
public record LiveReport(
    Instant at,
    Optional<Instant> newest,
    Instant judgedUntil,
    ZoneId zone,
    List<Sales> sales,
    List<Store> stores,
    List<OpenAlert> alerts,
    List<Source> sources) {

  /** Receipts of a stretch of time beside those expected. */
  public record Sales(Instant from, long receipts, double expected) {}

  /**
   * A store in the last hours.
   *
   * @param money and {@code expectedMoney}: revenue, in the currency of the lake
   */
  public record Store(
      String store, long receipts, double expected, double money, double expectedMoney) {
    double ratio() {
      return expected > 0 ? receipts / expected : 0;
    }
  }

  /** An alert that is open. */
  public record OpenAlert(
      String store, String kind, Instant beganAt, double money, String evidence) {}

  /**
   * How old a table is.
   *
   * @param newest its newest row, by its own time; empty when it is older than a month
   */
  public record Source(String table, Optional<Instant> newest) {}

  long receipts() {
    return sales.stream().mapToLong(Sales::receipts).sum();
  }

  double expected() {
    return sales.stream().mapToDouble(Sales::expected).sum();
  }
}
