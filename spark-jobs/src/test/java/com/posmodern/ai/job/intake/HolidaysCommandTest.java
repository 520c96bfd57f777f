package com.posmodern.ai.job.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store in Bahia and one abroad, sales of one day, two days of the calendar from people. */
class HolidaysCommandTest {
  @TempDir private Path folder;

  @Test
  void theStatesWithStoresGetTheirHolidaysAndNothingThatIsThereChanges() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    LakeWriter writer = new LakeWriter(lake);
    writer.replaceSource(
        Table.STORES,
        ContractRows.completed(
            Table.STORES,
            SparkTest.session()
                .sql(
                    """
                    SELECT * FROM VALUES ('S1', 'Salvador', 'BA', 'America/Bahia'),
                      ('S2', 'London', 'England', 'Europe/London')
                      AS stores(store_id, store_name, region, time_zone)""")));
    // Two tills have a wrong clock.
    sold(
        writer,
        """
        CASE id WHEN 0 THEN TIMESTAMP '1970-01-01 12:00:00'
          WHEN 1 THEN TIMESTAMP '2099-06-01 12:00:00' ELSE TIMESTAMP '2025-06-01 12:00:00' END""");
    writer.replaceSource(
        Table.CALENDAR,
        ContractRows.select(
            Table.CALENDAR,
            """
            SELECT 'BA' AS region, DATE '2025-07-02' AS calendar_date,
              'Dois de Julho' AS event_name, 'regional_holiday' AS kind
            UNION ALL SELECT 'ALL', DATE '2025-09-07', 'Independência do Brasil',
              'commercial_event'"""));

    String told = new HolidaysCommand(lake).run();

    assertThat(told).contains("2025 to 2027").contains("no state of Brazil: England");
    List<String> days =
        lake
            .read(Table.CALENDAR)
            .where("calendar_date BETWEEN '2025-06-01' AND '2025-09-30'")
            .orderBy("calendar_date")
            .collectAsList()
            .stream()
            .map(HolidaysCommandTest::words)
            .toList();
    assertThat(days)
        .containsExactly(
            "ALL 2025-06-19 Corpus Christi commercial_event",
            "BA 2025-07-02 Dois de Julho regional_holiday",
            "ALL 2025-09-07 Independência do Brasil commercial_event");
    assertThat(new HolidaysCommand(lake).run()).contains(" 0 of them added");
  }

  @Test
  void withoutSalesOfAPlausibleYearItSaysWhatToDo() {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    sold(new LakeWriter(lake), "TIMESTAMP '1970-01-01 12:00:00'");

    PosException refused =
        catchThrowableOfType(PosException.class, () -> new HolidaysCommand(lake).run());

    assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(refused).hasMessageContaining("scripts/pos import");
  }

  /** Writes 2000 lines; their time in SQL of {@code id}. */
  private static void sold(LakeWriter writer, String at) {
    writer.replaceSource(
        Table.SALES_LINES,
        ContractRows.select(
            Table.SALES_LINES,
            """
            SELECT 'R' || id AS sale_id, 1 AS line_no, 'S1' AS store_id, 'P1' AS product_id,
              %s AS sold_at, CAST(1 AS DECIMAL(12,3)) AS quantity,
              CAST(2 AS DECIMAL(12,2)) AS unit_price, CAST(0 AS DECIMAL(12,2)) AS discount,
              'store' AS channel FROM range(2000)"""
                .formatted(at)));
  }

  private static String words(Row row) {
    return "%s %s %s %s"
        .formatted(
            row.getAs("region"),
            row.getAs("calendar_date"),
            row.getAs("event_name"),
            row.getAs("kind"));
  }
}
