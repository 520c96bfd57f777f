package com.posmodern.ai.behaviour.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Eight Mondays; store A sells in the hour of nine from 09:30, but was closed on one of them. */
class LiveProfilesTest {
  /** A Monday. */
  private static final LocalDate AS_OF = LocalDate.parse("2026-11-23");

  private static final ZoneId ZONE = ZoneId.of("America/Sao_Paulo");

  @Test
  void anHourIsTheMeanOfTheDaysOnWhichTheStoreSold() {
    Row nine = profile().where("hour_of_week = 9").head();
    assertThat(nine.<Integer>getAs("days_seen")).isEqualTo(7);
    assertThat(nine.<Integer>getAs("first_minute")).isEqualTo(30);
    assertThat(nine.<Integer>getAs("last_minute")).isEqualTo(49);
    // 16 and 24 receipts in turns, of two lines and 5 each.
    assertThat(nine.<Double>getAs("expected_receipts")).isCloseTo(144 / 7.0, within(1e-6));
    assertThat(nine.<Double>getAs("expected_revenue")).isCloseTo(1440 / 7.0, within(1e-5));
    assertThat(nine.<Double>getAs("receipts_spread"))
        .isGreaterThan(Math.sqrt(nine.<Double>getAs("expected_receipts")));
    assertThat(nine.<Double>getAs("revenue_spread")).isPositive();
  }

  @Test
  void anHourWithoutASaleOnMostDaysIsSeenOnAllOfThem() {
    Row ten = profile().where("hour_of_week = 10").head();
    assertThat(ten.<Integer>getAs("days_seen")).isEqualTo(7);
    assertThat(ten.<Double>getAs("expected_receipts")).isCloseTo(1 / 7.0, within(1e-6));
  }

  @Test
  void whatIsExpectedLiesWithinTheMinutesInWhichTheStoreSells() {
    StoreProfile store = ProfileRows.of(profile(), Map.of("A", ZONE)).get(0);
    Instant nine = AS_OF.plusWeeks(1).atTime(9, 0).atZone(ZONE).toInstant();
    Instant half = nine.plusSeconds(1800);
    assertThat(store.receipts(nine, half)).isZero();
    assertThat(store.receipts(half, half.plusSeconds(600))).isCloseTo(72 / 7.0, within(1e-6));
    assertThat(store.closedOn(AS_OF.plusWeeks(1)).receipts(nine, nine.plusSeconds(7200))).isZero();
    assertThat(ProfileRows.of(profile(), Map.of())).isEmpty();
  }

  private static Dataset<Row> profile() {
    Dataset<Row> stores =
        ContractRows.select(
            Table.STORES, "SELECT 'A' AS store_id, 'America/Sao_Paulo' AS time_zone");
    return LiveProfiles.of(sales(), stores, AS_OF, 8);
  }

  private static Dataset<Row> sales() {
    return SparkTest.session()
        .sql(
            """
            SELECT 'A' AS store_id, concat(week, '-', receipt) AS sale_id,
              date_add(date'2026-11-23', -7 * week) AS business_date, 9 AS local_hour,
              cast(5.00 AS decimal(12,2)) AS revenue,
              timestamp'2026-11-23 12:30:00' - make_interval(0, 0, week) + make_interval(0, 0, 0, 0, 0, receipt % 20) AS sold_at
            FROM (SELECT explode(sequence(0, 8)) AS week), (SELECT explode(sequence(1, 24)) AS receipt),
              (SELECT explode(array(1, 2)) AS line)
            WHERE week <> 3 AND (week % 2 = 0 OR receipt <= 16)
            UNION ALL
            SELECT 'A', 'late', date'2026-11-23', 10, cast(1.00 AS decimal(12,2)), timestamp'2026-11-23 13:05:00'
            """);
  }
}
