package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** S2 has not arrived tonight, S3 only in part; S2 has results of last night. */
class LateStoresTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final LateStores LATE =
      new LateStores(AS_OF, Map.of("S2", AS_OF.minusDays(1), "S3", AS_OF.minusDays(3)));

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }

  private static Dataset<Row> fresh() {
    return sql(
        "SELECT id AS store_id, DATE'2026-07-01' AS target_date, 1 AS horizon_days, 9D AS mean"
            + " FROM VALUES ('S1'), ('S2'), ('S3') AS t(id)");
  }

  /** Of last night, of the night before, and of one that is too old to keep. */
  private static Dataset<Row> history() {
    return sql(
        "SELECT store_id, target_date, datediff(target_date, as_of_date) AS horizon_days, mean,"
            + " as_of_date, CAST(null AS DATE) AS known_until FROM VALUES"
            + " ('S1', DATE'2026-07-01', 1D, DATE'2026-06-29'),"
            + " ('S2', DATE'2026-06-30', 2D, DATE'2026-06-29'),"
            + " ('S2', DATE'2026-07-01', 3D, DATE'2026-06-29'),"
            + " ('S2', DATE'2026-07-01', 4D, DATE'2026-06-28'),"
            + " ('S3', DATE'2026-07-01', 5D, DATE'2026-06-20')"
            + " AS t(store_id, target_date, mean, as_of_date)");
  }

  private static List<String> rows(Dataset<Row> rows) {
    return rows.orderBy(STORE_ID).collectAsList().stream().map(Row::mkString).toList();
  }

  @Test
  void aLateStoreKeepsTheRowsOfItsLastNightAndSaysSo() {
    Dataset<Row> kept = LATE.keepIn(fresh(), Optional.of(history()));

    assertThat(kept.columns()).doesNotContain("as_of_date");
    assertThat(rows(kept))
        .as("S3's only rows are ten days old, so it is computed without the missing days")
        .containsExactly(
            "S12026-07-0119.0null", "S22026-07-0113.02026-06-29", "S32026-07-0119.02026-06-27");
  }

  @Test
  void withoutHistoryARowSaysWhatItKnows() {
    assertThat(rows(LATE.keepIn(fresh(), Optional.empty())))
        .containsExactly(
            "S12026-07-0119.0null", "S22026-07-0119.02026-06-29", "S32026-07-0119.02026-06-27");
  }

  @Test
  void rowsThatWereKeptBeforeStillSayWhatTheyKnow() {
    Dataset<Row> keptBefore =
        sql(
            "SELECT 'S2' AS store_id, DATE'2026-07-01' AS target_date, 2 AS horizon_days,"
                + " 3D AS mean, DATE'2026-06-29' AS as_of_date, DATE'2026-06-28' AS known_until");

    assertThat(rows(LATE.keepIn(fresh(), Optional.of(keptBefore)).where("store_id = 'S2'")))
        .containsExactly("S22026-07-0113.02026-06-28");
  }

  @Test
  void theArrivalsTellWhoIsLateAndSinceWhen() {
    Dataset<Row> arrivals =
        sql(
            "SELECT * FROM VALUES ('S1', DATE'2026-06-30', 'open'), ('S2', DATE'2026-06-29', 'closed'),"
                + " ('S2', DATE'2026-06-30', 'missing'), ('S3', DATE'2026-06-27', 'open'),"
                + " ('S3', DATE'2026-06-29', 'partly'), ('S3', DATE'2026-06-30', 'partly'),"
                + " ('S4', DATE'2026-06-29', 'missing'), ('S4', DATE'2026-06-30', 'open')"
                + " AS t(store_id, business_date, state)");

    assertThat(LateStores.of(arrivals, AS_OF)).isEqualTo(LATE);
  }
}
