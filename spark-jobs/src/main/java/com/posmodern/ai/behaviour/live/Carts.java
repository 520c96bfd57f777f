package com.posmodern.ai.behaviour.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Carts that are open: what a customer puts into one belongs together until the customer buys, or
 * leaves it alone for so long that it is lost. Bounded by the customers with an open cart, and by
 * {@link #MOST}.
 */
final class Carts {
  private static final int MOST = 200_000;

  private record Cart(String store, Instant first, Instant last) {}

  /** How a cart ends. */
  enum End {
    BOUGHT,
    LOST
  }

  /** Takes a cart that ended. */
  @FunctionalInterface
  interface Ended {
    void accept(String store, Instant at, End how);
  }

  private final Map<String, Cart> open = new HashMap<>();
  private final Duration left;

  Carts(Duration left) {
    this.left = left;
  }

  /** Something was put into a cart. */
  void add(String customer, String store, Instant first, Instant last) {
    if (open.size() < MOST || open.containsKey(customer)) {
      open.merge(
          customer,
          new Cart(store, first, last),
          (a, b) ->
              new Cart(
                  a.store,
                  a.first.isBefore(b.first) ? a.first : b.first,
                  a.last.isAfter(b.last) ? a.last : b.last));
    }
  }

  /** A customer bought something. */
  void bought(String customer, Instant at, Ended ended) {
    Cart cart = open.get(customer);
    if (cart != null && !at.isBefore(cart.first)) {
      open.remove(customer);
      ended.accept(cart.store, cart.last, End.BOUGHT);
    }
  }

  /** Ends the carts that were left alone for too long. */
  void expire(Instant now, Ended ended) {
    for (Iterator<Cart> carts = open.values().iterator(); carts.hasNext(); ) {
      Cart cart = carts.next();
      if (cart.last.plus(left).isBefore(now)) {
        carts.remove();
        ended.accept(cart.store, cart.last, End.LOST);
      }
    }
  }
}
