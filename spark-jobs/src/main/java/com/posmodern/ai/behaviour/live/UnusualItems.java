package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.behaviour.live.Finding.ALL;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import com.posmodern.ai.behaviour.live.Rates.Place;
import com.posmodern.ai.behaviour.live.Rates.Rate;
import com.posmodern.ai.config.LiveSettings.Items;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What of products, tills, carts and customers is out of the ordinary. Pure. */
final class UnusualItems {
  private static final List<Integer> PRODUCT_SLOTS = List.of(6, ItemFloor.HOUR_SLOTS);

  /** Fewer receipts are no burst, whatever their chance. */
  private static final int LEAST_PRODUCT = 10;

  private static final int LEAST_CUSTOMER = 5;

  /** A share of fewer carts says little. */
  private static final int LEAST_CARTS = 20;

  /** Where fewer are expected, their absence says nothing. */
  private static final double LEAST_EXPECTED = 3;

  private final Items settings;

  UnusualItems(Items settings) {
    this.settings = settings;
  }

  List<Finding> products(ItemSlots<String> sold, Rates rates, ShopFloor floor, long until) {
    List<Finding> found = new ArrayList<>();
    for (int slots : PRODUCT_SLOTS) {
      long from = until - slots;
      long all = floor.receipts(from, until);
      for (String product : sold.keys()) {
        long seen = sold.count(product, from, until);
        Rate usual = rates.of(Kind.PRODUCT).get(new Place(ALL, product));
        if (usual != null
            && seen >= LEAST_PRODUCT
            && found.stream().noneMatch(one -> one.item().equals(product))) {
          double expected = (double) all * usual.mean();
          double chance = usual.tail().atLeast(seen, expected);
          if (chance < settings.productProbability()) {
            double money = sold.money(product, from, until);
            found.add(
                finding(
                    new Place(ALL, product),
                    AlertKind.PRODUCT,
                    StoreSlots.begin(from),
                    StoreSlots.begin(until),
                    money * (1 - Math.min(1, expected / (double) seen)),
                    "%d of %d receipts within %d minutes with product %s, where %.1f are usual;"
                        + " chance %.0e",
                    seen,
                    all,
                    StoreSlots.SLOT.multipliedBy(slots).toMinutes(),
                    product,
                    expected,
                    chance));
          }
        }
      }
    }
    return found;
  }

  /** The evidence names nobody. */
  List<Finding> customers(ItemSlots<String> sold, Rate usual, long until) {
    List<Finding> found = new ArrayList<>();
    long from = until - ItemFloor.HOUR_SLOTS;
    for (String customer : sold.keys()) {
      long seen = sold.count(customer, from, until);
      if (seen >= LEAST_CUSTOMER) {
        double chance = usual.tail().atLeast(seen - 1, usual.mean());
        if (chance < settings.customerProbability()) {
          found.add(
              finding(
                  new Place(ALL, customer),
                  AlertKind.CUSTOMER,
                  StoreSlots.begin(from),
                  StoreSlots.begin(until),
                  sold.money(customer, from, until),
                  "%d receipts of one customer within an hour, where %.2f are usual after the"
                      + " first; chance %.0e",
                  seen,
                  usual.mean(),
                  chance));
        }
      }
    }
    return found;
  }

  Optional<Finding> till(Place till, Rate usual, StoreSlots store, Instant since, Instant now) {
    long from = StoreSlots.number(since) + 1;
    long until = StoreSlots.number(now);
    long receipts = store.receipts(from, until);
    double expected = (double) receipts * usual.mean();
    double chance = usual.tail().none(expected);
    return expected < LEAST_EXPECTED || chance >= settings.tillProbability()
        ? Optional.empty()
        : Optional.of(
            finding(
                till,
                AlertKind.TILL,
                since,
                now,
                Math.max(0, store.revenue(from, until) * usual.mean()),
                "no receipt of till %s among %d of its store, where %.0f are usual; chance %.0e",
                till.item(),
                receipts,
                expected,
                chance));
  }

  Optional<Finding> carts(String store, Rate usual, long lost, long all, long until) {
    double chance = all < LEAST_CARTS ? 1 : ShareTail.atLeast(lost, all, usual);
    return chance >= settings.cartProbability()
        ? Optional.empty()
        : Optional.of(
            finding(
                new Place(store, ALL),
                AlertKind.CART,
                StoreSlots.begin(until - ItemFloor.HOUR_SLOTS),
                StoreSlots.begin(until),
                0,
                "%d of %d carts within an hour were not bought, where %.0f %% are usual; chance"
                    + " %.0e",
                lost,
                all,
                100 * usual.mean(),
                chance));
  }

  private static Finding finding(
      Place place,
      AlertKind kind,
      Instant from,
      Instant until,
      double money,
      String evidence,
      Object... values) {
    return new Finding(
        place.store(),
        kind,
        place.item(),
        from,
        until,
        Math.max(0, money),
        String.format(Locale.ROOT, evidence, values));
  }
}
