package com.posmodern.ai.night;

import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.EVENT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class AsKnownTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);

  @Test
  void promotionsAreThoseAnnouncedByThen() {
    Dataset<Row> promotions =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('always', null), ('that day', DATE'2026-06-30'),"
                    + " ('the day after', DATE'2026-07-01') AS t(promotion_id, known_from)");

    assertThat(AsKnown.on(AS_OF, Table.PROMOTIONS, promotions).select(PROMOTION_ID).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("always", "that day");
  }

  @Test
  void eventsAreThoseKnownByThen() {
    Dataset<Row> events =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('always', null), ('told later', DATE'2026-07-01')"
                    + " AS t(event_id, known_from)");

    assertThat(AsKnown.on(AS_OF, Table.LOCAL_EVENTS, events).select(EVENT_ID).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("always");
  }

  @Test
  void aProductHasNoEndThatWasDecidedLater() {
    Dataset<Row> products =
        SparkTest.session()
            .sql(
                "SELECT id AS product_id, DATE'2026-07-15' AS discontinued_on,"
                    + " known AS end_known_from FROM VALUES ('undated', null),"
                    + " ('known', DATE'2026-06-01'), ('decided later', DATE'2026-07-02')"
                    + " AS t(id, known)");

    assertThat(
            AsKnown.on(AS_OF, Table.PRODUCTS, products)
                .where("discontinued_on IS NULL")
                .select(PRODUCT_ID)
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("decided later");
    assertThat(AsKnown.on(AS_OF, Table.PRODUCTS, products).columns()).contains(DISCONTINUED_ON);
  }
}
