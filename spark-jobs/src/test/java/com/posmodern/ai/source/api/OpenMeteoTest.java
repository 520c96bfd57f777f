package com.posmodern.ai.source.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.WeatherSettings;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers in the shape that the service's documents show. */
class OpenMeteoTest {
  private static final Position SAO_PAULO =
      Position.of(-23.5505, -46.6333, ZoneId.of("America/Sao_Paulo"));
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final String KEY = "a-key-that-nobody-may-see";

  private final FakeService fake = new FakeService();

  @AfterEach
  void close() {
    fake.close();
  }

  private static String answer(String unit, String values) {
    return """
        {"latitude": -23.5, "longitude": -46.6, "utc_offset_seconds": -10800,
         "timezone": "America/Sao_Paulo", "elevation": 760.0,
         "daily_units": {"time": "iso8601", "temperature_2m_max": "%s",
           "temperature_2m_min": "°C", "precipitation_sum": "mm"},
         "daily": {"time": ["2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29"],
           "temperature_2m_max": [%s], "temperature_2m_min": [18.1, 17.9, 18.4, 19.0],
           "precipitation_sum": [0.0, 4.2, 1.1, 0.0]}}"""
        .formatted(unit, values);
  }

  private static final String GOOD = answer("°C", "27.3, 25.0, 26.2, 28.9");

  private WeatherAnswer ask(LocalDate first, String key) {
    return WeatherService.of(
            fake.settings(WeatherSettings.Provider.OPEN_METEO),
            variable -> variable.equals(OpenMeteo.KEY) ? key : null)
        .ask(SAO_PAULO, first, TODAY);
  }

  private PosException refused() {
    return catchThrowableOfType(PosException.class, () -> ask(TODAY.minusDays(2), KEY));
  }

  @Test
  void measuredDaysAndExpectedOnesAreToldApart() {
    fake.says(200, GOOD);

    WeatherAnswer answer = ask(TODAY.minusDays(2), null);

    assertThat(answer.measured())
        .containsExactly(
            new WeatherDay(LocalDate.of(2026, 11, 26), 27.3, 18.1, 0.0),
            new WeatherDay(LocalDate.of(2026, 11, 27), 25.0, 17.9, 4.2));
    assertThat(answer.expected())
        .extracting(WeatherDay::date)
        .containsExactly(TODAY, TODAY.plusDays(1));
    assertThat(fake.asked).hasSize(1);
    assertThat(fake.asked.get(0).getPath()).isEqualTo("/v1/forecast");
    assertThat(fake.asked.get(0).getQuery())
        .contains("latitude=-23.6", "longitude=-46.6", "timezone=America/Sao_Paulo")
        .contains("past_days=2", "forecast_days=16")
        .doesNotContain("apikey");
  }

  @Test
  void daysLongAgoComeFromTheArchive() {
    fake.says(200, GOOD).says(200, GOOD);

    ask(TODAY.minusDays(200), KEY);

    assertThat(fake.asked).hasSize(2);
    assertThat(fake.asked.get(0).getPath()).isEqualTo("/v1/archive");
    assertThat(fake.asked.get(0).getQuery())
        .contains("start_date=2026-05-12", "end_date=2026-08-27", "apikey=" + KEY);
    assertThat(fake.asked.get(1).getQuery()).contains("past_days=92");
  }

  @Test
  void aDayWithoutAValueIsLeftOut() {
    fake.says(200, answer("°C", "27.3, null, 26.2, 28.9"));

    assertThat(ask(TODAY.minusDays(2), null).measured())
        .extracting(WeatherDay::date)
        .containsExactly(LocalDate.of(2026, 11, 26));
  }

  @Test
  void aServiceThatIsBusyIsAskedAgain() {
    fake.says(429, "{\"error\": true, \"reason\": \"Minutely API request limit exceeded.\"}")
        .says(503, "")
        .says(200, GOOD);

    assertThat(ask(TODAY.minusDays(2), null).expected()).hasSize(2);
    assertThat(fake.asked).hasSize(3);
  }

  @Test
  void aServiceThatStaysAwayIsInfrastructureAndTheKeyIsNotShown() {
    fake.says(429, "").says(429, "").says(429, "").says(200, GOOD);

    PosException e = refused();

    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(e).hasMessageContaining("HTTP 429").hasMessageNotContaining(KEY);
    assertThat(fake.asked).hasSize(3);
  }

  @Test
  void noConnectionIsInfrastructureAndTheKeyIsNotShown() {
    fake.close();

    PosException e = refused();

    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(e).hasMessageContaining("does not answer").hasMessageNotContaining(KEY);
  }

  @Test
  void anAddressThatIsNoneDoesNotShowTheKey() {
    WeatherSettings nowhere =
        new WeatherSettings(WeatherSettings.Provider.OPEN_METEO, "", 10, 60_000, 1, 1, 5);
    ApiCalls calls = new ApiCalls("the service", OpenMeteo.KEY, nowhere.calls());

    PosException e =
        catchThrowableOfType(
            PosException.class,
            () -> calls.get("http://weather_proxy:8080/v1", Map.of("apikey", KEY)));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e).hasMessageNotContaining(KEY).hasNoCause();
  }

  @Test
  void aBlankKeyIsNone() {
    fake.says(200, GOOD);

    ask(TODAY.minusDays(2), " ");

    assertThat(fake.asked.get(0).getQuery()).doesNotContain("apikey");
  }

  @Test
  void aRefusedKeyIsUsageAndNamesItsVariable() {
    fake.says(401, "{\"error\": true}");

    PosException e = refused();

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e).hasMessageContaining("POS_OPEN_METEO_KEY").hasMessageNotContaining(KEY);
    assertThat(fake.asked).as("asking again does not help").hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"daily_units\": {\"time\": \"iso8601\", \"temperature_2m",
        "{}",
        "[]",
        "{\"daily\": {\"time\": [\"2026-11-26\"]}}"
      })
  void anAnswerOfAnotherShapeIsRefused(String answer) {
    fake.says(200, answer);

    assertThat(refused().exitCode()).isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void otherUnitsAreRefused() {
    fake.says(200, answer("°F", "81.1, 77.0, 79.2, 84.0"));

    assertThat(refused())
        .hasMessageContaining("temperature_2m_max is in '°F', not in °C")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void valuesThatNoPlaceHasHadAreRefused() {
    fake.says(200, answer("°C", "300.4, 298.2, 299.4, 302.1"));

    assertThat(refused())
        .hasMessageContaining("300.4")
        .extracting(PosException::exitCode)
        .isEqualTo(ExitCode.BAD_DATA);
  }

  @Test
  void columnsOfDifferentLengthAreRefused() {
    fake.says(200, answer("°C", "27.3, 25.0, 26.2"));

    assertThat(refused()).hasMessageContaining("4 days and 3 values of temperature_2m_max");
  }
}
