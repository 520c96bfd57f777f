package com.posmodern.ai.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.WeatherSettings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against answers in the shape that the service's documents show. */
class OpenWeatherTest {
  private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");
  private static final Position SAO_PAULO = Position.of(-23.5505, -46.6333, ZONE);
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final String KEY = "a-key-that-nobody-may-see";

  private final FakeService fake = new FakeService();

  @AfterEach
  void close() {
    fake.close();
  }

  private WeatherAnswer ask(LocalDate first) {
    return WeatherService.of(fake.settings(WeatherSettings.Provider.OPENWEATHER), variable -> KEY)
        .ask(SAO_PAULO, first, TODAY);
  }

  private static String summary(String date, double warmest) {
    return """
        {"lat": -23.6, "lon": -46.6, "tz": "-03:00", "date": "%s", "units": "metric",
         "precipitation": {"total": 2.5},
         "temperature": {"min": 17.2, "max": %s, "afternoon": 24.0}}"""
        .formatted(date, warmest);
  }

  /** Yesterday still in it, a dry day, and a wet one. */
  private static String days() {
    return """
        {"lat": -23.6, "lon": -46.6, "timezone": "America/Sao_Paulo", "timezone_offset": -10800,
         "daily": [
           {"dt": %d, "temp": {"day": 24.1, "min": 17.0, "max": 25.5}, "pop": 0.1},
           {"dt": %d, "temp": {"day": 25.1, "min": 18.0, "max": 26.5}, "pop": 0.1},
           {"dt": %d, "temp": {"day": 23.9, "min": 18.3, "max": 24.2}, "pop": 0.8, "rain": 7.25}]}"""
        .formatted(noon(-1), noon(0), noon(1));
  }

  private static long noon(int ahead) {
    return TODAY.plusDays(ahead).atTime(12, 0).atZone(ZONE).toEpochSecond();
  }

  @Test
  void eachPastDayIsARequestAndTheDaysAheadAreOne() {
    fake.says(200, summary("2026-11-26", 25.0))
        .says(200, summary("2026-11-27", 26))
        .says(200, days());

    WeatherAnswer answer = ask(TODAY.minusDays(2));

    assertThat(answer.measured())
        .containsExactly(
            new WeatherDay(LocalDate.of(2026, 11, 26), 25.0, 17.2, 2.5),
            new WeatherDay(LocalDate.of(2026, 11, 27), 26.0, 17.2, 2.5));
    assertThat(answer.expected())
        .containsExactly(
            new WeatherDay(TODAY, 26.5, 18.0, 0),
            new WeatherDay(TODAY.plusDays(1), 24.2, 18.3, 7.25));
    assertThat(fake.asked.get(0).getPath()).isEqualTo("/data/3.0/onecall/day_summary");
    assertThat(fake.asked.get(0).getQuery())
        .contains("date=2026-11-26", "tz=-03:00", "units=metric", "lat=-23.6", "lon=-46.6");
    assertThat(fake.asked.get(2).getQuery()).contains("exclude=current,minutely,hourly,alerts");
  }

  @Test
  void kelvinIsRefused() {
    fake.says(200, summary("2026-11-27", 299.15));

    PosException e = catchThrowableOfType(PosException.class, () -> ask(TODAY.minusDays(1)));

    assertThat(e).hasMessageContaining("299.15").hasMessageNotContaining(KEY);
    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void anotherDayThanTheOneThatWasAskedForIsRefused() {
    fake.says(200, summary("2026-11-20", 25));

    PosException e = catchThrowableOfType(PosException.class, () -> ask(TODAY.minusDays(1)));

    assertThat(e).hasMessageContaining("asked for 2026-11-27 it answers with another day");
  }

  @Test
  void aDayWithoutTemperaturesIsLeftOutAndAnAnswerWithoutDaysIsRefused() {
    fake.says(200, "{\"date\": \"2026-11-27\", \"precipitation\": {\"total\": 1}}")
        .says(200, days())
        .says(200, "{\"daily\": []}");

    assertThat(ask(TODAY.minusDays(1)).measured()).isEmpty();
    PosException e = catchThrowableOfType(PosException.class, () -> ask(TODAY));
    assertThat(e).hasMessageContaining("no days");
  }

  @Test
  void withoutAKeyNothingIsAsked() {
    PosException e =
        catchThrowableOfType(
            PosException.class,
            () ->
                WeatherService.of(
                    fake.settings(WeatherSettings.Provider.OPENWEATHER), variable -> null));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e).hasMessageContaining("POS_OPENWEATHER_KEY");
    assertThat(fake.asked).isEmpty();
  }
}
