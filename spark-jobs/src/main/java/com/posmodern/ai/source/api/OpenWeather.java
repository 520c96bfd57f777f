package com.posmodern.ai.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.WeatherSettings;
import com.posmodern.ai.error.PosException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * OpenWeather's One Call API 3.0: today and the seven days after it in one request, each past day
 * in one of its own. See https://openweathermap.org/api/one-call-3.
 */
final class OpenWeather implements WeatherService {
  static final String KEY = "POS_OPENWEATHER_KEY";

  private static final String NAME = "OpenWeather";
  private static final String URL = "https://api.openweathermap.org";

  private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("xxx");

  private final String url;
  private final String key;
  private final ApiCalls calls;

  private OpenWeather(String url, String key, ApiCalls calls) {
    this.url = url;
    this.key = key;
    this.calls = calls;
  }

  static OpenWeather of(WeatherSettings settings, UnaryOperator<String> environment) {
    String key = environment.apply(KEY);
    if (key == null || key.isBlank()) {
      throw PosException.usage(
          "there is no key for " + NAME, KEY, "Set the environment variable to your key.");
    }
    return new OpenWeather(
        (settings.url().isEmpty() ? URL : settings.url()) + "/data/3.0/onecall",
        key,
        new ApiCalls(NAME, KEY, settings.calls()));
  }

  @Override
  public WeatherAnswer ask(Position position, LocalDate first, LocalDate today) {
    List<WeatherDay> measured = new ArrayList<>();
    for (LocalDate date = first; date.isBefore(today); date = date.plusDays(1)) {
      measured(position, date).ifPresent(measured::add);
    }
    Map<String, String> query = query(position);
    query.put("exclude", "current,minutely,hourly,alerts");
    JsonNode days = calls.get(url, query).path("daily");
    if (days.isEmpty()) {
      throw calls.changed("its answer has no days");
    }
    List<WeatherDay> expected = new ArrayList<>();
    for (JsonNode day : days) {
      JsonNode temperature = day.path("temp");
      if (!day.path("dt").isIntegralNumber()) {
        throw calls.changed("a day of its answer has no time");
      }
      LocalDate date =
          Instant.ofEpochSecond(day.path("dt").asLong()).atZone(position.zone()).toLocalDate();
      // A day without rain has no such field.
      day(date, temperature.path("max"), temperature.path("min"), day.path("rain").asDouble(0))
          .filter(known -> !date.isBefore(today))
          .ifPresent(expected::add);
    }
    return new WeatherAnswer(measured, expected);
  }

  private Optional<WeatherDay> measured(Position position, LocalDate date) {
    Map<String, String> query = query(position);
    query.put("date", date.toString());
    query.put("tz", OFFSET.format(date.atStartOfDay(position.zone())));
    JsonNode answer = calls.get(url + "/day_summary", query);
    if (!answer.path("date").asText("").equals(date.toString())) {
      throw calls.changed("asked for %s it answers with another day".formatted(date));
    }
    JsonNode temperature = answer.path("temperature");
    return day(
        date,
        temperature.path("max"),
        temperature.path("min"),
        answer.path("precipitation").path("total").asDouble(0));
  }

  private static Optional<WeatherDay> day(
      LocalDate date, JsonNode warmest, JsonNode coldest, double rain) {
    return warmest.isNumber() && coldest.isNumber()
        ? Optional.of(
            new WeatherDay(date, warmest.asDouble(), coldest.asDouble(), rain).believed(NAME))
        : Optional.empty();
  }

  private Map<String, String> query(Position position) {
    Map<String, String> query = new HashMap<>();
    query.put("lat", Double.toString(position.degreesNorth()));
    query.put("lon", Double.toString(position.degreesEast()));
    query.put("units", "metric");
    query.put("appid", key);
    return query;
  }
}
