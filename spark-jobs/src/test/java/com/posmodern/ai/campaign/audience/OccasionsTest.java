package com.posmodern.ai.campaign.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Occasion;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class OccasionsTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  /** s1 will be hot on the 2nd, as said last; s2 wet on the 1st; s3 hot and wet, but on the 9th. */
  private static final Dataset<Row> FORECASTS =
      sql(
          "SELECT * FROM VALUES ('s1', date'2025-07-02', date'2025-06-29', 20D, 0D),"
              + " ('s1', date'2025-07-02', date'2025-06-30', 34D, 0D),"
              + " ('s1', date'2025-07-03', date'2025-07-01', 10D, 50D),"
              + " ('s2', date'2025-07-01', date'2025-06-30', 22D, 15D),"
              + " ('s2', date'2025-07-02', date'2025-06-29', 34D, 0D),"
              + " ('s2', date'2025-07-02', date'2025-06-30', 21D, 0D),"
              + " ('s3', date'2025-07-09', date'2025-06-30', 35D, 20D)"
              + " AS t(store_id, weather_date, issued_on, temperature_max, rain)");

  private static final Dataset<Row> EVENTS =
      sql(
          "SELECT * FROM VALUES ('s1', date'2025-07-01', date'2025-07-01'),"
              + " ('s2', date'2025-06-20', date'2025-07-20'),"
              + " ('s3', date'2025-06-30', date'2025-06-30')"
              + " AS t(store_id, starts_on, ends_on)");

  private static final Occasions KNOWN = new Occasions(Optional.of(FORECASTS), Optional.of(EVENTS));

  @Test
  void weatherIsThatOfTheForecastIssuedLastByTheNight() {
    assertThat(stores(hot(3, 30))).containsExactly("s1");
    assertThat(stores(hot(10, 30))).containsExactly("s1", "s3");
    assertThat(stores(hot(1, 30))).isEmpty();
    assertThat(stores(new Occasion(3, false, -90, 60, 10))).containsExactly("s2");
    assertThat(stores(new Occasion(3, false, -90, 21.5, 0))).containsExactly("s2");
  }

  @Test
  void anEventCountsOnAnyOfItsDays() {
    assertThat(stores(new Occasion(3, true, -90, 60, 0))).containsExactly("s1", "s2");
  }

  @Test
  void allThatIsWaitedForMustBeOnOneDay() {
    assertThat(stores(new Occasion(3, true, 30, 60, 0))).as("s1 is hot a day later").isEmpty();
    assertThat(stores(new Occasion(3, true, -90, 60, 10))).containsExactly("s2");
  }

  @Test
  void aMissingTableIsNoOccasion() {
    Occasions none = new Occasions(Optional.empty(), Optional.empty());
    assertThat(none.stores(hot(3, 30), NIGHT)).isEmpty();
    assertThat(none.stores(new Occasion(3, true, -90, 60, 0), NIGHT)).isEmpty();
  }

  private static Occasion hot(int within, double degrees) {
    return new Occasion(within, false, degrees, 60, 0);
  }

  private static List<String> stores(Occasion occasion) {
    return KNOWN.stores(occasion, NIGHT).orElseThrow().collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
