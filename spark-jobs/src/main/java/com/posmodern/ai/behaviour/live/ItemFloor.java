package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.behaviour.live.Finding.ALL;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.Rates.Rate;
import com.posmodern.ai.config.LiveSettings.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Products, tills, carts and customers as the stream sees them in the last hour, and what of them
 * is out of the ordinary. They are compared with the receipts that there are, not with the clock:
 * that a whole store is quiet or busy is {@link ShopFloor}'s to say.
 *
 * <p>Bounded by the products, the tills, and {@value #MOST_CUSTOMERS} customers.
 */
public final class ItemFloor {
  private static final int MOST_PRODUCTS = 200_000;
  private static final int MOST_CUSTOMERS = 200_000;
  private static final int MOST_STORES = 10_000;

  /** Slots that are kept. */
  static final int HOUR_SLOTS = 12;

  private final Items settings;
  private final UnusualItems judge;
  private final ItemSlots<String> products = new ItemSlots<>(MOST_PRODUCTS);
  private final ItemSlots<String> customers = new ItemSlots<>(MOST_CUSTOMERS);
  private final ItemSlots<String> ended = new ItemSlots<>(MOST_STORES);
  private final ItemSlots<String> lost = new ItemSlots<>(MOST_STORES);
  private final Map<Place, Instant> tills = new HashMap<>();
  private final Carts carts;
  private Rates rates = new Rates();

  public ItemFloor(Items settings) {
    this.settings = settings;
    this.judge = new UnusualItems(settings);
    this.carts = new Carts(Duration.ofMinutes(settings.cartMinutes()));
  }

  /** Receipts so far back are needed. */
  public static Duration kept() {
    return StoreSlots.SLOT.multipliedBy(HOUR_SLOTS);
  }

  /** What is usual, from now on. */
  public void expect(Rates usual) {
    rates = usual;
  }

  public boolean isExpecting() {
    return !rates.isEmpty();
  }

  /**
   * Adds receipts of a slot.
   *
   * @param kind of what they are: PRODUCT, TILL or CUSTOMER
   * @param latest of them
   */
  public void add(
      Kind kind, Place place, long slot, long receipts, double revenue, Instant latest) {
    switch (kind) {
      case PRODUCT -> {
        if (rates.of(Kind.PRODUCT).containsKey(place)) {
          products.add(place.item(), slot, receipts, revenue);
        }
      }
      case TILL -> {
        if (rates.of(Kind.TILL).containsKey(place)) {
          tills.merge(place, latest, (a, b) -> a.isAfter(b) ? a : b);
        }
      }
      case CUSTOMER -> {
        customers.add(place.item(), slot, receipts, revenue);
        carts.bought(place.item(), latest, this::cartEnded);
      }
      case CART -> throw new IllegalArgumentException("carts have a method of their own");
    }
  }

  /** Adds what a customer put into a cart; to be called before the receipts of the same moment. */
  public void addCart(String customer, String store, Instant first, Instant last) {
    carts.add(customer, store, first, last);
  }

  private void cartEnded(String store, Instant at, Carts.End how) {
    long slot = StoreSlots.number(at);
    ended.add(store, slot, 1, 0);
    if (how == Carts.End.LOST) {
      lost.add(store, slot, 1, 0);
    }
  }

  /**
   * What is out of the ordinary.
   *
   * @param floor the stores, to which the receipts were added as well
   * @param now until when sales have arrived
   */
  public List<Finding> findings(ShopFloor floor, Instant now) {
    long until = StoreSlots.number(now);
    long from = until - HOUR_SLOTS;
    carts.expire(now, this::cartEnded);
    List.of(products, customers).forEach(slots -> slots.forget(from));
    List<Finding> found = new ArrayList<>();
    if (!floor.known().isAfter(StoreSlots.begin(from))) {
      found.addAll(judge.products(products, rates, floor, until));
      rates
          .of(Kind.CUSTOMER, new Place(ALL, ALL))
          .ifPresent(usual -> found.addAll(judge.customers(customers, usual, until)));
    }
    rates
        .of(Kind.TILL)
        .forEach((till, usual) -> till(till, usual, floor, now).ifPresent(found::add));
    found.addAll(carts(until));
    return found;
  }

  /** Carts of the hour before the last ones, which may still be bought. */
  private List<Finding> carts(long now) {
    long until = now - (settings.cartMinutes() / StoreSlots.SLOT.toMinutes() + 1);
    long from = until - HOUR_SLOTS;
    List.of(ended, lost).forEach(slots -> slots.forget(from));
    return ended.keys().stream()
        .flatMap(
            store ->
                rates
                    .of(Kind.CART, new Place(store, ALL))
                    .flatMap(
                        usual ->
                            judge.carts(
                                store,
                                usual,
                                lost.count(store, from, until),
                                ended.count(store, from, until),
                                until))
                    .stream())
        .toList();
  }

  private Optional<Finding> till(Place till, Rate usual, ShopFloor floor, Instant now) {
    StoreSlots sold = floor.sold(till.store());
    if (sold == null) {
      return Optional.empty();
    }
    Instant last = tills.getOrDefault(till, floor.known());
    Instant since = last.isBefore(floor.known()) ? floor.known() : last;
    return judge.till(till, usual, sold, since, now);
  }
}
