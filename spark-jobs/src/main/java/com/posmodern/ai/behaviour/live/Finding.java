package com.posmodern.ai.behaviour.live;

import java.time.Instant;

/**
 * Something out of the ordinary at a moment.
 *
 * @param item what it is about within the store: a product, a till, or a customer by pseudonym;
 *     {@link #ALL} for the whole of it
 * @param beganAt by the times of the sales
 * @param foundAt likewise
 * @param money missing or in excess since then
 * @param evidence what was seen beside what was expected; no customer is named
 */
public record Finding(
    String store,
    AlertKind kind,
    String item,
    Instant beganAt,
    Instant foundAt,
    double money,
    String evidence) {
  /** All stores, or the whole of a store. */
  public static final String ALL = "ALL";

  /** Findings of the same key are one alert. */
  String key() {
    return store + "/" + kind + "/" + item;
  }
}
