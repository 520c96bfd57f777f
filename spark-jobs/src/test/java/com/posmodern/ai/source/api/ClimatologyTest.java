package com.posmodern.ai.source.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ClimatologyTest {
  /** The first days of two years, and forecasts that are no season. */
  private static Dataset<Row> weather() {
    return ContractRows.select(
        Table.WEATHER_DAILY,
        """
        SELECT store AS store_id, day AS weather_date, warm AS temperature_max,
          warm - 10 AS temperature_min, 2D AS rain, kind
        FROM (
          SELECT 'S1' AS store, explode(sequence(DATE'2025-01-01', DATE'2025-01-07')) AS day, 30D AS warm, 'observed' AS kind
          UNION ALL SELECT 'S1', explode(sequence(DATE'2025-07-01', DATE'2025-07-07')), 15D, 'observed'
          UNION ALL SELECT 'S1', explode(sequence(DATE'2026-01-01', DATE'2026-01-07')), 32D, 'observed'
          UNION ALL SELECT 'S1', explode(sequence(DATE'2026-02-01', DATE'2026-02-07')), 90D, 'forecast'
          UNION ALL SELECT 'S2', explode(sequence(DATE'2025-01-01', DATE'2025-01-04')), 25D, 'observed')""");
  }

  private static List<String> season(String wanted) {
    return Climatology.of(SparkTest.session().sql(wanted), weather())
        .orderBy("store_id", "weather_date")
        .collectAsList()
        .stream()
        .map(row -> row.mkString(" "))
        .toList();
  }

  @Test
  void theMeanOfTheSameWeeksOfAllYearsStandsIn() {
    assertThat(
            season(
                "SELECT 'S1' AS store_id, DATE'2026-12-31' AS weather_date"
                    + " UNION ALL SELECT 'S1', DATE'2026-07-04'"))
        .as("the year's end is near its beginning")
        .containsExactly(
            "S1 2026-07-04 15.0 5.0 2.0 climatology", "S1 2026-12-31 31.0 21.0 2.0 climatology");
  }

  @Test
  void tooFewDaysAreNoSeason() {
    assertThat(season("SELECT 'S2' AS store_id, DATE'2026-01-03' AS weather_date")).isEmpty();
    assertThat(season("SELECT 'S1' AS store_id, DATE'2026-02-03' AS weather_date")).isEmpty();
  }
}
