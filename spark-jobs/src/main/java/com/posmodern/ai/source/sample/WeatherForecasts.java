package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Noise.Topic;
import java.util.SplittableRandom;

/**
 * What a weather service says on each day about the days after it. Its errors grow with the lead,
 * and of two days far ahead it tells rain no better than the season.
 */
final class WeatherForecasts {
  /** Days ahead of a forecast. */
  static final int LEADS = 10;

  private static final double FIRST_ERROR = 0.8;
  private static final double ERROR_PER_DAY = 0.3;
  private static final double MISSED_RAIN_PER_DAY = 0.06;

  private WeatherForecasts() {}

  /** Of one day: degrees Celsius and millimetres. */
  record Expected(double warmest, double coldest, double rain) {}

  /** What was expected of the day, so many days before it; the same whenever it is asked. */
  static Expected of(long seed, Weather weather, int store, int day, int lead) {
    SplittableRandom random = Noise.stream(seed, Topic.WEATHER_FORECAST, store, day, lead);
    double error = (FIRST_ERROR + ERROR_PER_DAY * lead) * Noise.normal(random);
    boolean missed = random.nextDouble() < MISSED_RAIN_PER_DAY * lead;
    double amount = weather.rain[day] * Math.exp(0.1 * lead * Noise.normal(random));
    double falseAlarm = weather.rain[day] > 0 ? 0 : -4 * Math.log(1 - random.nextDouble());
    return new Expected(
        Weather.round(weather.warmest[day] + error),
        Weather.round(weather.coldest[day] + error),
        Weather.round(missed ? falseAlarm : amount));
  }
}
