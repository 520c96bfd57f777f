package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.KnownWeather.Quantity.TEMPERATURE_MAX;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class WeatherReaderTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final int DAY = Math.toIntExact(AS_OF.toEpochDay());

  private static final String DAILY =
      """
      SELECT store_id, weather_date, temperature_max, 1D AS temperature_min, 0D AS rain, kind
      FROM VALUES
        ('S1', DATE'2026-06-28', 20D, 'observed'), ('S1', DATE'2026-06-29', 21D, 'climatology'),
        ('S1', DATE'2026-06-30', 22D, 'observed'), ('S1', DATE'2026-07-01', 23D, 'forecast'),
        ('S1', DATE'2026-07-02', 24D, 'climatology'), ('S1', DATE'2026-07-03', 25D, 'observed'),
        ('S3', DATE'2026-06-29', 26D, 'observed'), ('S3', DATE'2026-06-30', 27D, 'observed')
        AS t(store_id, weather_date, temperature_max, kind)""";

  private static Map<String, KnownWeather> read(Optional<Dataset<Row>> forecasts) {
    ForecastInput planted = new PlantedDemand(60, 1).input();
    ForecastInput input =
        new ForecastInput(
            AS_OF,
            planted.dailyDemand(),
            planted.products(),
            planted.stores(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(ContractRows.select(Table.WEATHER_DAILY, DAILY)),
            forecasts,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new WeatherReader(input, DAY - 30, DAY + 14).read();
  }

  @Test
  void whatWillBeObservedIsNotKnownYet() {
    KnownWeather weather = read(Optional.empty()).get("S1");

    assertThat(weather.at(TEMPERATURE_MAX, DAY - 1, DAY)).isEqualTo(21);
    assertThat(weather.at(TEMPERATURE_MAX, DAY + 1, DAY)).isEqualTo(23);
    // Days that are still to come went into a mean of the season that was filled in later.
    assertThat(weather.at(TEMPERATURE_MAX, DAY + 2, DAY)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, DAY + 3, DAY)).isNaN();
    // As far as tonight's forecasts reach, and no further.
    assertThat(weather.at(TEMPERATURE_MAX, DAY, DAY - 1)).isEqualTo(22);
    assertThat(weather.at(TEMPERATURE_MAX, DAY, DAY - 2)).isNaN();
  }

  @Test
  void aStoreWithoutForecastsLearnsFromNone() {
    KnownWeather weather = read(Optional.empty()).get("S3");

    assertThat(weather.at(TEMPERATURE_MAX, DAY, DAY - 1)).isNaN();
    assertThat(weather.at(TEMPERATURE_MAX, DAY, DAY)).isEqualTo(27);
  }

  @Test
  void tonightsForecastStandsInWhereNoneWasKeptTonight() {
    Dataset<Row> old =
        ContractRows.select(
            Table.WEATHER_FORECASTS,
            "SELECT 'S1' AS store_id, DATE'2026-06-10' AS weather_date,"
                + " DATE'2026-06-09' AS issued_on, 30D AS temperature_max, 1D AS temperature_min,"
                + " 0D AS rain");

    KnownWeather weather = read(Optional.of(old)).get("S1");

    assertThat(weather.at(TEMPERATURE_MAX, DAY + 1, DAY)).isEqualTo(23);
    assertThat(weather.at(TEMPERATURE_MAX, DAY, DAY - 1)).as("not kept on that day").isNaN();
  }

  @Test
  void forecastsCountFromTheDayOfTheirIssue() {
    Dataset<Row> forecasts =
        ContractRows.select(
            Table.WEATHER_FORECASTS,
            """
            SELECT store_id, weather_date, issued_on, temperature_max, 1D AS temperature_min, 0D AS rain
            FROM VALUES
              ('S1', DATE'2026-07-01', DATE'2026-06-29', 30D), ('S1', DATE'2026-07-01', DATE'2026-06-30', 31D),
              ('S1', DATE'2026-07-02', DATE'2026-07-01', 32D), ('S2', DATE'2026-07-01', DATE'2026-06-30', 33D)
              AS t(store_id, weather_date, issued_on, temperature_max)""");

    Map<String, KnownWeather> weather = read(Optional.of(forecasts));

    KnownWeather first = weather.get("S1");
    assertThat(first.at(TEMPERATURE_MAX, DAY + 1, DAY)).isEqualTo(31);
    assertThat(first.at(TEMPERATURE_MAX, DAY + 1, DAY - 1)).isEqualTo(30);
    assertThat(first.at(TEMPERATURE_MAX, DAY + 2, DAY)).as("issued after the as-of date").isNaN();
    assertThat(first.at(TEMPERATURE_MAX, DAY, DAY)).isEqualTo(22);
    assertThat(weather.get("S2").at(TEMPERATURE_MAX, DAY + 1, DAY)).isEqualTo(33);
    assertThat(weather.get("S2").at(TEMPERATURE_MAX, DAY, DAY)).isNaN();
  }
}
