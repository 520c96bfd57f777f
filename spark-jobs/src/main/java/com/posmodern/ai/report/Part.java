package com.posmodern.ai.report;

import java.util.Optional;

/**
 * One part of the report, or the reason why it is missing.
 *
 * @param reason empty when there is a value
 */
public record Part<T>(Optional<T> value, String reason) {
  public static <T> Part<T> of(T value) {
    return new Part<>(Optional.of(value), "");
  }

  public static <T> Part<T> absent(String reason) {
    return new Part<>(Optional.empty(), reason);
  }

  public static <T> Part<T> of(Optional<T> value, String reason) {
    return value.map(Part::of).orElseGet(() -> absent(reason));
  }
}
