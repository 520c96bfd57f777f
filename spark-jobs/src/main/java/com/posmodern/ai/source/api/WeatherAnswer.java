package com.posmodern.ai.source.api;

import java.util.List;

/**
 * What a service knows of a position.
 *
 * @param measured whole days that were asked for and are known, oldest first
 * @param expected today and the days after it, as they are forecast now
 */
public record WeatherAnswer(List<WeatherDay> measured, List<WeatherDay> expected) {
  public WeatherAnswer {
    measured = List.copyOf(measured);
    expected = List.copyOf(expected);
  }
}
