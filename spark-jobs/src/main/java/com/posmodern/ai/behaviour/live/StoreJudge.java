package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.behaviour.live.Finding.ALL;

import com.posmodern.ai.config.LiveSettings.Watch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;

/** What is out of the ordinary in a store at a moment. Pure: the same sales, the same findings. */
public final class StoreJudge {
  /** Sales so far back say how busy the day is, and are kept at least. */
  static final int LEVEL_SLOTS = 36;

  private static final List<Integer> BURST_SLOTS = List.of(3, 6);
  private static final int REVENUE_SLOTS = 12;
  private static final int RATE_SLOTS = 24;

  /** Slots that are to be kept of a store. */
  static final int KEPT_SLOTS = 72;

  /** A burst of fewer receipts is one customer with many bags. */
  private static final int LEAST_BURST = 10;

  /** Where fewer are expected, their absence says nothing. */
  private static final double LEAST_EXPECTED = 3;

  private final Watch settings;

  public StoreJudge(Watch settings) {
    this.settings = settings;
  }

  /**
   * Judges a store.
   *
   * @param known sales since then are known; before, silence says nothing
   * @param now until when sales have arrived; slots that end later are left alone
   */
  public List<Finding> of(StoreProfile profile, StoreSlots sold, Instant known, Instant now) {
    List<Finding> found = new ArrayList<>();
    Optional<Finding> stop = stop(profile, sold, known, now);
    stop.ifPresent(found::add);
    Optional<Finding> burst =
        BURST_SLOTS.stream()
            .flatMap(slots -> burst(profile, sold, known, now, slots).stream())
            .findFirst();
    burst.ifPresent(found::add);
    revenue(profile, sold, known, now).ifPresent(found::add);
    if (stop.isEmpty() && burst.isEmpty()) {
      rate(profile, sold, known, now).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Finding> stop(
      StoreProfile profile, StoreSlots sold, Instant known, Instant now) {
    Instant last = sold.lastSince(known);
    double expected = last.isBefore(now) ? profile.receipts(last, now) : 0;
    if (expected < LEAST_EXPECTED) {
      return Optional.empty();
    }
    CountTail tail = level(profile, sold, known, StoreSlots.number(last));
    double chance = tail.none(expected);
    if (chance >= settings.stopProbability()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            profile.store(),
            AlertKind.STOP,
            ALL,
            last,
            now,
            Math.max(0, profile.revenue(last, now) * tail.level()),
            text(
                "no receipt since %s where %.0f are usual; chance %.0e",
                time(last, profile.zone()), expected * tail.level(), chance)));
  }

  private Optional<Finding> burst(
      StoreProfile profile, StoreSlots sold, Instant known, Instant now, int slots) {
    long until = StoreSlots.number(now);
    long from = until - slots;
    long seen = sold.receipts(from, until);
    if (seen < LEAST_BURST || StoreSlots.begin(from).isBefore(known)) {
      return Optional.empty();
    }
    Instant begin = StoreSlots.begin(from);
    CountTail tail = level(profile, sold, known, from);
    double expected = profile.receipts(begin, StoreSlots.begin(until));
    double chance = tail.atLeast(seen, expected);
    if (chance >= settings.burstProbability()) {
      return Optional.empty();
    }
    double usual = profile.revenue(begin, StoreSlots.begin(until)) * tail.level();
    return Optional.of(
        new Finding(
            profile.store(),
            AlertKind.BURST,
            ALL,
            begin,
            now,
            Math.max(0, sold.revenue(from, until) - usual),
            text(
                "%d receipts since %s where %.0f are usual; chance %.0e",
                seen, time(begin, profile.zone()), expected * tail.level(), chance)));
  }

  private Optional<Finding> revenue(
      StoreProfile profile, StoreSlots sold, Instant known, Instant now) {
    long until = StoreSlots.number(now);
    long from = until - REVENUE_SLOTS;
    Instant begin = StoreSlots.begin(from);
    Instant end = StoreSlots.begin(until);
    double expected = profile.revenue(begin, end);
    double spread = profile.revenueSpread(begin, end);
    double seen = sold.revenue(from, until);
    double chance = moreMoney(seen, expected, spread);
    if (begin.isBefore(known) || chance >= settings.revenueProbability()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            profile.store(),
            AlertKind.REVENUE,
            ALL,
            begin,
            now,
            seen - expected,
            text(
                "took %.0f since %s where %.0f is usual; chance %.0e",
                seen, time(begin, profile.zone()), expected, chance)));
  }

  private Optional<Finding> rate(
      StoreProfile profile, StoreSlots sold, Instant known, Instant now) {
    long until = StoreSlots.number(now);
    long from = until - RATE_SLOTS;
    Instant begin = StoreSlots.begin(from);
    Instant end = StoreSlots.begin(until);
    double expected = profile.receipts(begin, end);
    // A stop or a burst weighs on the hours after it, and need not be said again.
    boolean said = begin.isBefore(sold.told());
    if (said || begin.isBefore(known) || expected < LEAST_EXPECTED) {
      return Optional.empty();
    }
    long seen = sold.receipts(from, until);
    CountTail tail = CountTail.of(profile.differences());
    AlertKind kind = (double) seen < expected ? AlertKind.SLOW : AlertKind.FAST;
    double chance =
        kind == AlertKind.SLOW ? tail.atMost(seen, expected) : tail.atLeast(seen, expected);
    if (chance >= settings.rateProbability()) {
      return Optional.empty();
    }
    return Optional.of(
        new Finding(
            profile.store(),
            kind,
            ALL,
            begin,
            now,
            Math.abs(sold.revenue(from, until) - profile.revenue(begin, end)),
            text(
                "%d receipts since %s where %.0f are usual; chance %.0e",
                seen, time(begin, profile.zone()), expected, chance)));
  }

  /** How busy the store was before a slot, as far as that is known. */
  private static CountTail level(
      StoreProfile profile, StoreSlots sold, Instant known, long before) {
    long from = Math.max(before - LEVEL_SLOTS, StoreSlots.number(known) + 1);
    CountTail tail = CountTail.of(profile.differences());
    return from >= before
        ? tail
        : tail.after(
            sold.receipts(from, before),
            profile.receipts(StoreSlots.begin(from), StoreSlots.begin(before)));
  }

  /** Money has a gamma distribution: where little is expected, one large receipt is no wonder. */
  private static double moreMoney(double seen, double expected, double spread) {
    if (!(expected > 0 && spread > 0) || seen <= expected) {
      return 1;
    }
    double shape = Math.pow(expected / spread, 2);
    return Gamma.regularizedGammaQ(shape, seen * shape / expected);
  }

  /** Slots of which sales are kept, as time. */
  static Duration kept() {
    return StoreSlots.SLOT.multipliedBy(KEPT_SLOTS);
  }

  private static String time(Instant at, ZoneId zone) {
    return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).format(at.atZone(zone));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
