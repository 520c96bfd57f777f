package com.posmodern.ai.source.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.posmodern.ai.config.WeatherSettings;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Open-Meteo: up to 92 days back and 16 ahead from its forecast, older days from its archive. See
 * https://open-meteo.com/en/docs. Without a key its free service is asked, which is for
 * non-commercial use.
 */
final class OpenMeteo implements WeatherService {
  static final String KEY = "POS_OPEN_METEO_KEY";

  private static final String NAME = "Open-Meteo";
  private static final String FREE = "https://%sapi.open-meteo.com";
  private static final String PAID = "https://customer-%sapi.open-meteo.com";
  private static final int FORECAST_DAYS = 16;
  private static final int PAST_DAYS = 92;
  private static final String WARMEST = "temperature_2m_max";
  private static final String COLDEST = "temperature_2m_min";
  private static final String RAIN = "precipitation_sum";
  private static final Map<String, String> UNITS = Map.of(WARMEST, "°C", COLDEST, "°C", RAIN, "mm");

  private final String forecast;
  private final String archive;
  private final String key;
  private final ApiCalls calls;

  private OpenMeteo(String forecast, String archive, String key, ApiCalls calls) {
    this.forecast = forecast;
    this.archive = archive;
    this.key = key;
    this.calls = calls;
  }

  static OpenMeteo of(WeatherSettings settings, UnaryOperator<String> environment) {
    String key = Optional.ofNullable(environment.apply(KEY)).orElse("").strip();
    String host = key.isEmpty() ? FREE : PAID;
    String url = settings.url();
    return new OpenMeteo(
        (url.isEmpty() ? host.formatted("") : url) + "/v1/forecast",
        (url.isEmpty() ? host.formatted("archive-") : url) + "/v1/archive",
        key,
        new ApiCalls(NAME, KEY, settings.calls()));
  }

  @Override
  public WeatherAnswer ask(Position position, LocalDate first, LocalDate today) {
    LocalDate recent = today.minusDays(PAST_DAYS);
    List<WeatherDay> measured = new ArrayList<>();
    if (first.isBefore(recent)) {
      Map<String, String> query = query(position);
      query.put("start_date", first.toString());
      query.put("end_date", recent.minusDays(1).toString());
      measured.addAll(days(calls.get(archive, query)));
    }
    Map<String, String> query = query(position);
    LocalDate from = first.isBefore(recent) ? recent : first;
    query.put("past_days", Long.toString(ChronoUnit.DAYS.between(from, today)));
    query.put("forecast_days", Integer.toString(FORECAST_DAYS));
    List<WeatherDay> expected = new ArrayList<>();
    for (WeatherDay day : days(calls.get(forecast, query))) {
      (day.date().isBefore(today) ? measured : expected).add(day);
    }
    return new WeatherAnswer(measured, expected);
  }

  private Map<String, String> query(Position position) {
    Map<String, String> query = new HashMap<>();
    query.put("latitude", Double.toString(position.degreesNorth()));
    query.put("longitude", Double.toString(position.degreesEast()));
    query.put("daily", String.join(",", WARMEST, COLDEST, RAIN));
    query.put("timezone", position.zone().getId());
    if (!key.isEmpty()) {
      query.put("apikey", key);
    }
    return query;
  }

  /** The days of an answer; those with a value missing are left out. */
  private List<WeatherDay> days(JsonNode answer) {
    UNITS.forEach(
        (name, unit) -> {
          String found = answer.at("/daily_units/" + name).asText("");
          if (!found.equals(unit)) {
            throw calls.changed("%s is in '%s', not in %s".formatted(name, found, unit));
          }
        });
    JsonNode daily = answer.path("daily");
    JsonNode dates = daily.path("time");
    for (String name : UNITS.keySet()) {
      if (daily.path(name).size() != dates.size()) {
        throw calls.changed(
            "it has %d days and %d values of %s"
                .formatted(dates.size(), daily.path(name).size(), name));
      }
    }
    List<WeatherDay> days = new ArrayList<>();
    for (int i = 0; i < dates.size(); i++) {
      JsonNode warmest = daily.path(WARMEST).get(i);
      JsonNode coldest = daily.path(COLDEST).get(i);
      JsonNode rain = daily.path(RAIN).get(i);
      if (warmest.isNumber() && coldest.isNumber() && rain.isNumber()) {
        days.add(
            new WeatherDay(
                    date(dates.get(i).asText()),
                    warmest.asDouble(),
                    coldest.asDouble(),
                    rain.asDouble())
                .believed(NAME));
      }
    }
    return days;
  }

  private LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw calls.changed("a date of its answer is none");
    }
  }
}
