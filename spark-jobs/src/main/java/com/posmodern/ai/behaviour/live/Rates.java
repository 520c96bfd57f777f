package com.posmodern.ai.behaviour.live;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often things usually happen, as {@code results.live_rates} has it: bounded by the products
 * and tills.
 */
public final class Rates {
  /** What a rate is of. */
  public enum Kind {
    /** Of all receipts those with the product. */
    PRODUCT,
    /** Of the store's receipts those of the till. */
    TILL,
    /** Of carts those that are not bought. */
    CART,
    /** Further receipts of a customer within the hour of one. */
    CUSTOMER
  }

  /**
   * A rate.
   *
   * @param differences of hours beyond chance: variance of their rates divided by the mean's square
   */
  public record Rate(double mean, double differences) {
    /** No mean is known exactly. */
    private static final double LEAST_DIFFERENCE = 0.01;

    CountTail tail() {
      return CountTail.of(Math.max(LEAST_DIFFERENCE, differences));
    }
  }

  /** A till of a store, or a product of {@link Finding#ALL} stores. */
  public record Place(String store, String item) {}

  private final Map<Kind, Map<Place, Rate>> rates = new HashMap<>();

  public Rates with(Kind kind, Place place, Rate rate) {
    rates.computeIfAbsent(kind, none -> new HashMap<>()).put(place, rate);
    return this;
  }

  Map<Place, Rate> of(Kind kind) {
    return rates.getOrDefault(kind, Map.of());
  }

  Optional<Rate> of(Kind kind, Place place) {
    return Optional.ofNullable(of(kind).get(place));
  }

  public boolean isEmpty() {
    return rates.isEmpty();
  }
}
