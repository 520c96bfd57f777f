package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.KnownWeather.Quantity.RAIN;
import static com.posmodern.ai.forecast.KnownWeather.Quantity.TEMPERATURE_MAX;
import static com.posmodern.ai.forecast.KnownWeather.Quantity.TEMPERATURE_MIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownWeatherTest {
  private static final int LAST = 120;

  /** Observed 20, 10 and 2 on every day; forecasts since day 100 are warmer with the lead. */
  private static KnownWeather.Builder observedEveryDay(int reach) {
    KnownWeather.Builder builder = new KnownWeather.Builder(90, LAST, reach);
    for (int day = 90; day <= LAST; day++) {
      builder.observed(day, 20, 10, 2);
    }
    return builder;
  }

  @Test
  void aDayIsKnownAsItWasForecastToItsLead() {
    KnownWeather.Builder builder = observedEveryDay(5);
    for (int issue = 100; issue < LAST; issue++) {
      for (int lead = 1; lead <= 12; lead++) {
        builder.forecast(issue + lead, issue, 20 + lead, 10 - lead, lead);
      }
    }
    KnownWeather weather = builder.build();

    assertThat(weather.at(TEMPERATURE_MAX, 108, 105)).isEqualTo(23);
    assertThat(weather.at(TEMPERATURE_MIN, 108, 105)).isEqualTo(7);
    assertThat(weather.at(RAIN, 108, 107)).isEqualTo(1);
    assertThat(weather.at(TEMPERATURE_MAX, 110, 100)).isEqualTo(30);
    assertThat(weather.at(TEMPERATURE_MAX, 111, 100)).as("beyond the longest lead").isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, 108, 108))
        .as("the day itself is observed")
        .isEqualTo(20);
    assertThat(weather.at(TEMPERATURE_MAX, 103, 108)).isEqualTo(20);
  }

  @Test
  void beforeForecastsWereKeptWhatWasObservedStandsInWithinReach() {
    KnownWeather weather = observedEveryDay(5).forecast(111, 110, 30, 30, 30).build();

    assertThat(weather.at(TEMPERATURE_MAX, 105, 100)).isEqualTo(20);
    assertThat(weather.at(TEMPERATURE_MAX, 106, 100)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, 111, 109)).as("not what was issued later").isEqualTo(20);
    assertThat(weather.at(TEMPERATURE_MAX, 111, 110)).isEqualTo(30);
  }

  @Test
  void nothingStandsInWhereNoForecastReachesBeyondTonight() {
    KnownWeather weather = observedEveryDay(0).build();

    assertThat(weather.at(TEMPERATURE_MAX, 101, 100)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, 100, 100)).isEqualTo(20);
  }

  @Test
  void aNightWithoutAnAnswerKnowsTheNewestOfTheForecastsBefore() {
    KnownWeather weather =
        observedEveryDay(5).forecast(103, 100, 33, 0, 0).forecast(103, 99, 34, 0, 0).build();

    assertThat(weather.at(TEMPERATURE_MAX, 103, 102)).isEqualTo(33);
    assertThat(weather.at(TEMPERATURE_MAX, 103, 101)).isEqualTo(33);
    assertThat(weather.at(TEMPERATURE_MAX, 103, 99)).isEqualTo(34);
    assertThat(weather.at(TEMPERATURE_MAX, 104, 102)).as("never forecast").isNaN();
  }

  @Test
  void daysThatAreNotKeptAreUnknown() {
    KnownWeather weather =
        observedEveryDay(5).observed(89, 1, 1, 1).observed(LAST + 1, 1, 1, 1).build();

    assertThat(weather.at(TEMPERATURE_MAX, 89, 95)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, LAST + 1, LAST)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, 90, 95)).isEqualTo(20);
    assertThat(weather.at(TEMPERATURE_MAX, LAST, LAST - 5)).isEqualTo(20);
  }
}
