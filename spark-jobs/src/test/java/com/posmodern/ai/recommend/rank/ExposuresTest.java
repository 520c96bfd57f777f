package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Periods are the fortnights up to 30 June; products p0, p1, p2 have the numbers 0, 1, 2. */
class ExposuresTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);
  private static final int CUTOFF = (int) AS_OF.minusDays(14).toEpochDay();
  private static final RecommendSettings SETTINGS = TestSettings.read().recommend();

  @Test
  void whatWasShownWeighsDoubleInItsPeriodUnlessItWasFollowedAndNotBought() {
    Exposures exposures = exposures();
    Exposures.Shown last = exposures.of("ann", CUTOFF);
    // Shown on the last and on the first day of the period; followed; shown on the day before.
    assertThat(last.weight(0, 0)).isEqualTo(2);
    assertThat(last.weight(0, 1)).isEqualTo(2);
    assertThat(last.weight(1, 0)).isEqualTo(1);
    assertThat(last.weight(1, 1)).isEqualTo(2);
    assertThat(last.weight(2, 0)).isEqualTo(1);
    Exposures.Shown before = exposures.of("ann", CUTOFF - 14);
    assertThat(before.weight(2, 0)).isEqualTo(2);
    assertThat(before.weight(0, 0)).isEqualTo(1);
    assertThat(exposures.of("nobody", CUTOFF).weight(0, 0)).isEqualTo(1);
  }

  @Test
  void trainingRowsTakeTheWeight() {
    Candidates candidates =
        new Candidates(0, 1, IntStream.range(0, 3).toArray(), new float[3 * PairFeature.COUNT]);
    Exposures.Shown shown = exposures().of("ann", CUTOFF);
    assertThat(TrainingRows.ofAll(candidates, new int[] {1}, shown).weights())
        .containsExactly(2, 2, 1);
    // Without a record of what was shown, rows weigh what they always did.
    assertThat(
            TrainingRows.ofAll(candidates, new int[] {1}, Exposures.NONE.of("ann", CUTOFF))
                .weights())
        .containsOnly(1);
  }

  private static Exposures exposures() {
    Products products =
        Products.of(
            sql(
                "SELECT concat('p', id) AS product_id, 'tea' AS category, cast(null AS date) AS"
                    + " launched_on, true AS offered, true AS on_sale, 'tea' AS product_name FROM"
                    + " range(3)"),
            sql("SELECT 's' AS store_id"));
    Dataset<Row> sales =
        sql(
            "SELECT 'ann' AS customer_id, 'p0' AS product_id, 's' AS store_id, date'2025-06-01' AS"
                + " business_date, 1D AS quantity");
    Dataset<Row> interactions =
        sql(
            "SELECT customer_id, product_id, concat('recommendation_', kind) AS kind, cast(at AS"
                + " timestamp) AS occurred_at FROM VALUES"
                + " ('ann', 'p0', 'shown', '2025-06-30 23:00:00'),"
                + " ('ann', 'p0', 'shown', '2025-06-17 01:00:00'),"
                + " ('ann', 'p1', 'shown', '2025-06-18 01:00:00'),"
                + " ('ann', 'p1', 'taken', '2025-06-18 01:00:05'),"
                + " ('ann', 'p2', 'shown', '2025-06-16 23:00:00'),"
                + " ('stranger', 'p0', 'shown', '2025-06-18 01:00:00')"
                + " AS t(customer_id, product_id, kind, at)");
    try (Histories histories = new Histories(sales, products, AS_OF, SETTINGS)) {
      return Exposures.of(interactions, histories, products, AS_OF, SETTINGS);
    }
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
