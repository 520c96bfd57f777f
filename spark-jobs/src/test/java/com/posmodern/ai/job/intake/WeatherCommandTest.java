package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.source.api.WeatherAnswer;
import com.posmodern.ai.source.api.WeatherDay;
import com.posmodern.ai.source.api.WeatherService;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two stores of one town, two far away, one of them west, one without a position, one with a wrong
 * zone.
 */
class WeatherCommandTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);
  private static final int HISTORY = 20;

  @TempDir private Path folder;

  private final List<String> asked = new ArrayList<>();

  private Lake lake() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replaceSource(
            Table.STORES,
            ContractRows.completed(
                Table.STORES,
                SparkTest.session()
                    .sql(
                        """
                        SELECT * FROM VALUES
                          ('S1', 'Centro', 'SP', 'America/Sao_Paulo', -23.58D, -46.63D),
                          ('S2', 'Sul', 'SP', 'America/Sao_Paulo', -23.62D, -46.64D),
                          ('S3', 'Salvador', 'BA', 'America/Bahia', -12.97D, -38.50D),
                          ('S5', 'Rio Branco', 'AC', 'America/Rio_Branco', -9.97D, -67.81D),
                          ('S6', 'Typo', 'SP', 'America/SaoPaulo', -23.6D, -46.6D),
                          ('S4', 'Web', 'SP', 'America/Sao_Paulo', NULL, NULL)
                          AS t(store_id, store_name, region, time_zone, latitude, longitude)""")));
    return lake;
  }

  /** Measures every day but one; 20 degrees on the day, the warmer the farther ahead it looks. */
  private WeatherService service(LocalDate unknown) {
    return (position, first, today) -> {
      asked.add(position + " from " + first);
      List<WeatherDay> measured = new ArrayList<>();
      for (LocalDate date = first; date.isBefore(today); date = date.plusDays(1)) {
        if (!date.equals(unknown)) {
          measured.add(new WeatherDay(date, 20, 10, 1));
        }
      }
      return new WeatherAnswer(
          measured,
          List.of(new WeatherDay(today, 21, 11, 0), new WeatherDay(today.plusDays(1), 22, 12, 0)));
    };
  }

  private String run(Lake lake, WeatherService service, LocalDate today) {
    // Half past one in São Paulo and in Bahia, and still the day before in Acre.
    Clock clock = Clock.fixed(Instant.parse(today + "T04:30:00Z"), ZoneOffset.UTC);
    return new WeatherCommand(lake, service, HISTORY, clock, step -> {}).run();
  }

  private static List<String> rows(Lake lake, String query, Table table) {
    lake.read(table).createOrReplaceTempView("weather");
    return SparkTest.session().sql(query).collectAsList().stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void whatWasMeasuredReplacesWhatWasExpectedAndForecastsAreKept() {
    Lake lake = lake();

    String first = run(lake, service(TODAY.minusDays(10)), TODAY);
    assertThat(first)
        .contains("3 places of stores")
        .contains("4 days filled with the mean of the season")
        .contains("no position or no time zone: S4, S6");
    assertThat(asked)
        .containsExactly(
            "-23.6, -46.6 from 2026-11-08",
            "-13.0, -38.5 from 2026-11-08",
            "-10.0, -67.8 from 2026-11-07");
    assertThat(
            rows(
                lake,
                "SELECT DISTINCT store_id, issued_on FROM weather ORDER BY 1",
                Table.WEATHER_FORECASTS))
        .as("in Acre at half past eleven in the evening the day is nearly over")
        .containsExactly("S1 2026-11-27", "S2 2026-11-27", "S3 2026-11-27", "S5 2026-11-27");
    assertThat(
            rows(
                lake,
                "SELECT kind, count(*), min(weather_date), max(weather_date) FROM weather"
                    + " WHERE store_id = 'S2' GROUP BY kind ORDER BY kind",
                Table.WEATHER_DAILY))
        .containsExactly(
            "climatology 1 2026-11-18 2026-11-18",
            "forecast 2 2026-11-28 2026-11-29",
            "observed 19 2026-11-08 2026-11-27");

    asked.clear();
    run(lake, service(null), TODAY.plusDays(1));
    assertThat(asked).first().isEqualTo("-23.6, -46.6 from 2026-11-24");
    assertThat(
            rows(
                lake,
                "SELECT weather_date, kind, temperature_max FROM weather WHERE store_id = 'S1'"
                    + " AND weather_date >= '2026-11-27' ORDER BY 1",
                Table.WEATHER_DAILY))
        .containsExactly(
            "2026-11-27 observed 20.0",
            "2026-11-28 observed 20.0",
            "2026-11-29 forecast 21.0",
            "2026-11-30 forecast 22.0");
    assertThat(
            rows(
                lake,
                "SELECT issued_on, weather_date, temperature_max FROM weather"
                    + " WHERE store_id = 'S3' ORDER BY 1, 2",
                Table.WEATHER_FORECASTS))
        .containsExactly(
            "2026-11-27 2026-11-28 21.0",
            "2026-11-27 2026-11-29 22.0",
            "2026-11-28 2026-11-29 21.0",
            "2026-11-28 2026-11-30 22.0");

    assertThat(run(lake, service(null), TODAY.plusDays(1)))
        .as("the same day once more")
        .contains("0 days new or changed")
        .contains("0 forecasts kept");
  }

  @Test
  void aPlaceWithoutAnAnswerKeepsTheOthersFromNothing() {
    Lake lake = lake();
    WeatherService away =
        (position, first, today) -> {
          if (position.toString().startsWith("-23.6")) {
            throw PosException.infrastructure("it says HTTP 503", "the service", "Wait.", null);
          }
          return service(null).ask(position, first, today);
        };

    PosException e = catchThrowableOfType(PosException.class, () -> run(lake, away, TODAY));

    assertThat(e.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(rows(lake, "SELECT DISTINCT store_id FROM weather", Table.WEATHER_DAILY))
        .containsExactlyInAnyOrder("S3", "S5");
  }

  @Test
  void aRefusedKeyIsTriedOnce() {
    Lake lake = lake();
    WeatherService closed =
        (position, first, today) -> {
          asked.add(position.toString());
          throw PosException.usage("the service refuses the key", "the service", "Set it.");
        };

    PosException e = catchThrowableOfType(PosException.class, () -> run(lake, closed, TODAY));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(asked).hasSize(1);
  }

  @Test
  void storesWithoutAnyPositionAreBadData() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replaceSource(
            Table.STORES,
            ContractRows.select(
                Table.STORES,
                "SELECT 'S1' AS store_id, 'Centro' AS store_name, 'SP' AS region,"
                    + " 'America/Sao_Paulo' AS time_zone"));

    PosException e =
        catchThrowableOfType(PosException.class, () -> run(lake, service(null), TODAY));

    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(e).hasMessageContaining("latitude");
    assertThat(asked).isEmpty();
  }
}
