package com.posmodern.ai.source.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Values of an event in JSON. */
final class Json {
  private Json() {}

  static String text(JsonNode value, String name) {
    return words(value).orElseThrow(() -> new Unreadable("it has no " + name));
  }

  static Optional<String> words(JsonNode value) {
    return Optional.of(value.asText("").strip()).filter(text -> !text.isEmpty());
  }

  static LocalDate date(JsonNode value) {
    try {
      return LocalDate.parse(value.asText(""));
    } catch (DateTimeParseException e) {
      throw new Unreadable("it has no date yet, or none that can be read");
    }
  }

  static LocalDateTime moment(JsonNode value) {
    try {
      return LocalDateTime.parse(value.asText(""));
    } catch (DateTimeParseException e) {
      throw new Unreadable("it has no time, or none that can be read");
    }
  }

  /** The day of a moment in UTC; empty where it is none. */
  static Optional<LocalDate> day(JsonNode value, ZoneId zone) {
    try {
      return Optional.of(LocalDate.ofInstant(Instant.parse(value.asText("")), zone));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Both services write degrees as texts. */
  static Optional<GeoPoint> point(JsonNode latitude, JsonNode longitude) {
    double north = latitude.asDouble(Double.NaN);
    double east = longitude.asDouble(Double.NaN);
    return Double.isNaN(north) || Double.isNaN(east) ? Optional.empty() : GeoPoint.of(north, east);
  }
}
