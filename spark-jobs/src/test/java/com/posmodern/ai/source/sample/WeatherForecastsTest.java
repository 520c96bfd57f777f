package com.posmodern.ai.source.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WeatherForecastsTest {
  private static final int DAYS = 730;
  private static final Weather WEATHER =
      Weather.of(7, 0, Retailer.read().city(0), LocalDate.of(2024, 1, 1), DAYS);

  private static double error(int lead) {
    return IntStream.range(0, DAYS)
        .mapToDouble(
            day ->
                Math.abs(
                    WeatherForecasts.of(7, WEATHER, 0, day, lead).warmest() - WEATHER.warmest[day]))
        .average()
        .orElseThrow();
  }

  /** Days on which rain was rightly expected, or rightly not. */
  private static double told(int lead) {
    return IntStream.range(0, DAYS)
            .filter(
                day ->
                    WeatherForecasts.of(7, WEATHER, 0, day, lead).rain() > 0
                        == WEATHER.rain[day] > 0)
            .count()
        / (double) DAYS;
  }

  @Test
  void errorsGrowWithTheLead() {
    // The mean of a normal error's size is 0.8 of its deviation: 0.8 + 0.3 degrees a day.
    assertThat(error(1)).isBetween(0.75, 1.0);
    assertThat(error(10)).isBetween(2.7, 3.4);
    assertThat(told(1)).isGreaterThan(0.9);
    assertThat(told(10)).isBetween(0.3, 0.6);
  }

  @Test
  void theSameIsExpectedWheneverItIsAsked() {
    assertThat(WeatherForecasts.of(7, WEATHER, 0, 100, 3))
        .isEqualTo(WeatherForecasts.of(7, WEATHER, 0, 100, 3))
        .isNotEqualTo(WeatherForecasts.of(8, WEATHER, 0, 100, 3));
  }
}
