package com.posmodern.ai.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every job of a night derives from the same small table. */
class DerivedOnceTest {
  private static final LocalDate JULY = LocalDate.of(2026, 7, 1);

  @TempDir Path folder;

  private int derivations;

  @Test
  void ofASmallTableOnceForEachVersion() {
    Lake lake = lakeOf(10);
    long version = lake.version(Table.CALENDAR);
    List<Row> expected = holidays(lake, version).collectAsList();
    Dataset<Row> first = once(lake, version, JULY);
    Dataset<Row> second = once(lake, version, JULY);
    assertThat(derivations).isEqualTo(2);
    assertThat(expected).hasSize(5);
    assertThat(first.collectAsList()).containsExactlyElementsOf(expected);
    assertThat(second.collectAsList()).containsExactlyElementsOf(expected);
    assertThat(first.schema()).isEqualTo(holidays(lake, version).schema());

    new LakeWriter(lake).replaceSource(Table.CALENDAR, events(4));
    assertThat(once(lake, lake.version(Table.CALENDAR), JULY).collectAsList()).hasSize(2);
  }

  /** What is known of a table depends on the day. */
  @Test
  void ofAnotherDateAnew() {
    Lake lake = lakeOf(10);
    long version = lake.version(Table.CALENDAR);
    once(lake, version, JULY);
    once(lake, version, JULY.plusDays(1));
    assertThat(derivations).isEqualTo(2);
  }

  /** It stays where it is, as rows of which the driver holds none. */
  @Test
  void ofALargerTableAnewForEachQuery() {
    Lake lake = lakeOf(20_001);
    long version = lake.version(Table.CALENDAR);
    once(lake, version, JULY);
    once(lake, version, JULY);
    assertThat(derivations).isEqualTo(2);
  }

  private Dataset<Row> once(Lake lake, long version, LocalDate asOf) {
    return lake.onceIfSmall(
        Table.CALENDAR, version, Optional.of(asOf), () -> holidays(lake, version));
  }

  private Dataset<Row> holidays(Lake lake, long version) {
    derivations++;
    return lake.read(Table.CALENDAR, version).where("day(calendar_date) % 2 = 0");
  }

  private Lake lakeOf(int days) {
    Lake lake = new Lake(SparkTest.session(), folder.toString());
    new LakeWriter(lake).replaceSource(Table.CALENDAR, events(days));
    return lake;
  }

  private static Dataset<Row> events(int days) {
    return SparkTest.session()
        .sql(
            ("SELECT 'ALL' AS region, DATE'1970-01-01' + CAST(id AS INT) AS calendar_date,"
                    + " 'day' AS event_name, 'national_holiday' AS kind"
                    + " FROM range(%d)")
                .formatted(days));
  }
}
