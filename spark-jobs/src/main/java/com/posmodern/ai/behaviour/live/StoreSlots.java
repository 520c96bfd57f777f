package com.posmodern.ai.behaviour.live;

import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/** What one store sold lately, in slots of five minutes; a few hours of them. */
public final class StoreSlots {
  public static final Duration SLOT = Duration.ofMinutes(5);

  private record Slot(long receipts, double revenue) {}

  private final TreeMap<Long, Slot> slots = new TreeMap<>();
  private Instant last = Instant.MIN;
  private Instant told = Instant.MIN;

  /** Number of the slot, counted from 1970. */
  public static long number(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), SLOT.toSeconds());
  }

  public static Instant begin(long number) {
    return Instant.ofEpochSecond(number * SLOT.toSeconds());
  }

  /**
   * Adds sales of a slot.
   *
   * @param latest of them
   */
  void add(long slot, long receipts, double revenue, Instant latest) {
    slots.merge(
        slot,
        new Slot(receipts, revenue),
        (a, b) -> new Slot(a.receipts + b.receipts, a.revenue + b.revenue));
    if (latest.isAfter(last)) {
      last = latest;
    }
  }

  void forget(long before) {
    slots.headMap(before).clear();
  }

  /** Remembers that a stop or a burst was found. */
  void tell(Instant at) {
    told = at;
  }

  /** When a stop or a burst was found last; {@link Instant#MIN} where none was. */
  Instant told() {
    return told;
  }

  /** The last sale; the moment given where there was none since then. */
  Instant lastSince(Instant since) {
    return last.isAfter(since) ? last : since;
  }

  /** Receipts of the slots from the one to before the other. */
  public long receipts(long from, long until) {
    return slots.subMap(from, Math.max(from, until)).values().stream()
        .mapToLong(Slot::receipts)
        .sum();
  }

  public double revenue(long from, long until) {
    return slots.subMap(from, Math.max(from, until)).values().stream()
        .mapToDouble(Slot::revenue)
        .sum();
  }
}
