package com.posmodern.ai.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsOfDateTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  @TempDir Path folder;

  @Test
  void neitherAHalfLoadedDayNorDatesInTheFutureSetTheDate() {
    // 40 days of 20 lines, then a day with one line, then 30 days of dirt with one line each.
    Lake lake =
        lake("(day < 40 AND line < 20) OR (day = 40 AND line = 0) OR (day > 60 AND line = 0)");
    assertThat(AsOfDate.lastComplete(lake, noonOf(FIRST.plusDays(365))))
        .isEqualTo(FIRST.plusDays(39));
  }

  @Test
  void theDayThatHasNotEndedIsLeftOut() {
    Lake lake = lake("line < 20 AND day <= 40");
    assertThat(AsOfDate.lastComplete(lake, noonOf(FIRST.plusDays(40))))
        .isEqualTo(FIRST.plusDays(39));
  }

  @Test
  void ofTwoDaysTheHalfLoadedOneIsLeftOut() {
    Lake lake = lake("day < 1 OR (day = 1 AND line = 0)");
    assertThat(AsOfDate.lastComplete(lake, noonOf(FIRST.plusDays(365)))).isEqualTo(FIRST);
  }

  @Test
  void theDayEndsByTheStoresClock() {
    Lake lake = lake("day <= 40");
    Instant halfPastNineInTheEvening = Instant.parse(FIRST.plusDays(41) + "T00:30:00Z");
    assertThat(AsOfDate.lastComplete(lake, halfPastNineInTheEvening)).isEqualTo(FIRST.plusDays(39));
  }

  @Test
  void theEveningIsOfTheStoresOwnDay() {
    // Lines from half past noon to 22 h in São Paulo: in UTC the last three are of the day after.
    Lake lake = lakeWithoutStores("day < 40");
    assertThat(AsOfDate.lastComplete(lake, noonOf(FIRST.plusDays(365))))
        .isEqualTo(FIRST.plusDays(40));
    withAStoreInSaoPaulo(lake);
    assertThat(AsOfDate.lastComplete(lake, noonOf(FIRST.plusDays(365))))
        .isEqualTo(FIRST.plusDays(39));
  }

  @Test
  void withoutAnySaleTheRemedyIsSaid() {
    assertThatThrownBy(() -> AsOfDate.lastComplete(lake("false"), noonOf(FIRST)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("--as-of");
  }

  private static Instant noonOf(LocalDate date) {
    return date.atTime(12, 0).toInstant(ZoneOffset.UTC);
  }

  private Lake lake(String kept) {
    Lake lake = lakeWithoutStores(kept);
    withAStoreInSaoPaulo(lake);
    return lake;
  }

  private static void withAStoreInSaoPaulo(Lake lake) {
    new LakeWriter(lake)
        .replaceSource(
            Table.STORES,
            SparkTest.session()
                .sql(
                    """
                    SELECT 's' AS store_id, 'Centro' AS store_name, CAST(NULL AS STRING) AS city,
                      'SP' AS region, 'America/Sao_Paulo' AS time_zone,
                      CAST(NULL AS DOUBLE) AS latitude, CAST(NULL AS DOUBLE) AS longitude,
                      CAST(NULL AS DATE) AS opened_on"""));
  }

  private Lake lakeWithoutStores(String kept) {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake)
        .replaceSource(
            Table.SALES_LINES,
            SparkTest.session()
                .sql(
                    """
                    SELECT concat(day, '-', line) AS sale_id, 1 AS line_no, 's' AS store_id,
                      'p' AS product_id, CAST(NULL AS STRING) AS customer_id,
                      timestampadd(MINUTE, 930 + 30 * line, date_add(DATE'2026-01-01', day)) AS sold_at,
                      CAST(1 AS DECIMAL(12,3)) AS quantity, CAST(1 AS DECIMAL(12,2)) AS unit_price,
                      CAST(0 AS DECIMAL(12,2)) AS discount, CAST(NULL AS STRING) AS promotion_id,
                      'store' AS channel, CAST(NULL AS STRING) AS till_id
                    FROM (SELECT explode(sequence(0, 90)) AS day)
                    LATERAL VIEW explode(sequence(0, 19)) AS line
                    WHERE %s"""
                        .formatted(kept)));
    return lake;
  }
}
