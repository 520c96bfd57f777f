package com.posmodern.ai.source.api;

import com.posmodern.ai.config.WeatherSettings;
import com.posmodern.ai.error.PosException;
import java.time.LocalDate;
import java.util.function.UnaryOperator;

/** A weather service. */
public interface WeatherService {

  /**
   * Asks for the days from {@code first} to yesterday, and for what is expected from {@code today}
   * on. Days that the service leaves out are left out.
   *
   * @param today the day that has begun at the position
   * @throws PosException infrastructure when it does not answer, usage when it refuses the key, bad
   *     data when its answer is not what it used to be
   */
  WeatherAnswer ask(Position position, LocalDate first, LocalDate today);

  /**
   * The service that the settings name.
   *
   * @param environment value of a variable; null when it is not set
   * @throws PosException usage when its key is not set
   */
  static WeatherService of(WeatherSettings settings, UnaryOperator<String> environment) {
    return switch (settings.provider()) {
      case OPEN_METEO -> OpenMeteo.of(settings, environment);
      case OPENWEATHER -> OpenWeather.of(settings, environment);
    };
  }
}
