package com.posmodern.ai.source.events;

import com.posmodern.ai.error.PosException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Keys of services, from the environment. */
final class Keys {
  private Keys() {}

  static String required(String variable, String source, UnaryOperator<String> environment) {
    return Optional.ofNullable(environment.apply(variable))
        .map(String::strip)
        .filter(key -> !key.isEmpty())
        .orElseThrow(
            () ->
                PosException.usage(
                    variable + " is not set", source, "Set it to the key of the service."));
  }
}
