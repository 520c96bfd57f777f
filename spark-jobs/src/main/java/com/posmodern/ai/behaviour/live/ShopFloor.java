package com.posmodern.ai.behaviour.live;

import com.posmodern.ai.config.LiveSettings.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All stores as the stream sees them: what they sold in the last hours, and what is out of the
 * ordinary. Bounded by the number of stores.
 *
 * <p>Judged by the times of the sales: until the newest sale of any store, less a delay for those
 * that are on their way. So a stream that catches up raises no alarm for what it has not read yet.
 * That all stores are silent is judged by the clock, once for all of them.
 */
public final class ShopFloor {
  private final Map<String, StoreProfile> profiles = new HashMap<>();
  private final Map<String, StoreSlots> sold = new HashMap<>();
  private final StoreJudge judge;
  private final Watch settings;
  private Instant known = Instant.MAX;
  private Instant newest = Instant.MIN;

  public ShopFloor(Watch settings) {
    this.settings = settings;
    this.judge = new StoreJudge(settings);
  }

  /** Sales so far back are needed. */
  public static Duration kept() {
    return StoreJudge.kept();
  }

  /** What is usual, from now on. */
  public void expect(List<StoreProfile> stores) {
    profiles.clear();
    stores.forEach(store -> profiles.put(store.store(), store));
  }

  public boolean isExpecting() {
    return !profiles.isEmpty();
  }

  /**
   * Adds sales of a store and slot.
   *
   * @param slot see {@link StoreSlots#number}
   * @param latest of them
   */
  public void add(String store, long slot, long receipts, double revenue, Instant latest) {
    sold.computeIfAbsent(store, name -> new StoreSlots()).add(slot, receipts, revenue, latest);
    Instant begin = StoreSlots.begin(slot);
    known = begin.isBefore(known) ? begin : known;
    newest = latest.isAfter(newest) ? latest : newest;
  }

  /**
   * Until when sales have arrived.
   *
   * @param clock now
   */
  public Instant arrived(Instant clock) {
    Instant last = newest.isBefore(clock) ? newest : clock;
    return newest.equals(Instant.MIN)
        ? clock
        : last.minus(Duration.ofMinutes(settings.lagMinutes()));
  }

  /** What is out of the ordinary. */
  public List<Finding> findings(Instant clock) {
    List<Finding> found = new ArrayList<>();
    if (newest.equals(Instant.MIN)) {
      return found;
    }
    Instant now = arrived(clock);
    Instant floor = now.minus(kept());
    known = known.isBefore(floor) ? floor : known;
    sold.values().forEach(slots -> slots.forget(StoreSlots.number(floor)));
    for (StoreProfile profile : profiles.values()) {
      StoreSlots slots = sold.computeIfAbsent(profile.store(), name -> new StoreSlots());
      List<Finding> ofStore = judge.of(profile, slots, known, now);
      if (ofStore.stream().anyMatch(one -> one.kind().isSudden())) {
        slots.tell(now);
      }
      found.addAll(ofStore);
    }
    silence(clock).ifPresent(found::add);
    return found;
  }

  private Optional<Finding> silence(Instant clock) {
    Instant until = clock.minus(Duration.ofMinutes(settings.lagMinutes()));
    if (!newest.isBefore(until) || Duration.between(newest, until).compareTo(kept()) > 0) {
      return Optional.empty();
    }
    double expected = 0;
    double weighted = 0;
    double money = 0;
    for (StoreProfile profile : profiles.values()) {
      double one = profile.receipts(newest, until);
      expected += one;
      weighted += one * profile.differences();
      money += profile.revenue(newest, until);
    }
    // Stores have a bad day together, so they do not average out.
    double chance = expected > 0 ? CountTail.of(weighted / expected).none(expected) : 1;
    return chance < settings.stopProbability()
        ? Optional.of(
            new Finding(
                Finding.ALL,
                AlertKind.STOP,
                Finding.ALL,
                newest,
                until,
                Math.max(0, money),
                String.format(
                    Locale.ROOT,
                    "no receipt of any store since %s where %.0f are usual; chance %.0e",
                    newest,
                    expected,
                    chance)))
        : Optional.empty();
  }

  /** The newest sale; {@link Instant#MIN} where there was none. */
  public Instant newest() {
    return newest;
  }

  /** Sales since then are known. */
  Instant known() {
    return known;
  }

  /** What a store sold; null where nothing is known of it. */
  StoreSlots sold(String store) {
    return sold.get(store);
  }

  /** Receipts of all stores in the slots from the one to before the other. */
  long receipts(long from, long until) {
    return sold.values().stream().mapToLong(slots -> slots.receipts(from, until)).sum();
  }

  public Map<String, StoreProfile> profiles() {
    return Map.copyOf(profiles);
  }

  public Map<String, StoreSlots> sold() {
    return Map.copyOf(sold);
  }
}
