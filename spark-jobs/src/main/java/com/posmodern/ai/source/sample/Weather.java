package com.posmodern.ai.source.sample;

import com.posmodern.ai.source.sample.Noise.Topic;
import com.posmodern.ai.source.sample.Retailer.City;
import java.time.LocalDate;
import java.util.SplittableRandom;

/** Weather of one store: a yearly wave, autocorrelated deviations, and rain in its season. */
final class Weather {
  private static final double PERSISTENCE = 0.75;
  private static final double SHOCK = 1.9;
  private static final double DAYS_PER_YEAR = 365.25;

  final double[] deviation;
  final double[] warmest;
  final double[] coldest;
  final double[] rain;

  private Weather(int days) {
    deviation = new double[days];
    warmest = new double[days];
    coldest = new double[days];
    rain = new double[days];
  }

  static Weather of(long seed, int store, City city, LocalDate first, int days) {
    SplittableRandom random = Noise.stream(seed, Topic.WEATHER, store);
    Weather weather = new Weather(days);
    double state = 0;
    for (int day = 0; day < days; day++) {
      int dayOfYear = first.plusDays(day).getDayOfYear();
      state = PERSISTENCE * state + SHOCK * Noise.normal(random);
      double normal = city.temperature() + city.swing() * wave(dayOfYear, 15);
      double wetness = 0.30 + 0.22 * wave(dayOfYear, city.wetMonth() * 30.4 - 15);
      boolean rains = random.nextDouble() < wetness;
      double amount = rains ? -Math.log(1 - random.nextDouble()) * (4 + 16 * wetness) : 0;
      // Clouds cool the day.
      double max = normal + state - (rains ? 1.2 : -0.4);
      weather.deviation[day] = max - normal;
      weather.warmest[day] = round(max);
      weather.coldest[day] = round(max - 6 - 4 * random.nextDouble());
      weather.rain[day] = round(amount);
    }
    return weather;
  }

  /** Cosine with period one year that peaks on that day of the year. */
  static double wave(int dayOfYear, double peak) {
    return Math.cos(2 * Math.PI * (dayOfYear - peak) / DAYS_PER_YEAR);
  }

  /** To tenths, as services give it. */
  static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
