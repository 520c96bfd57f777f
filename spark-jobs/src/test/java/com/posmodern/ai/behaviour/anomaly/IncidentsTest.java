package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Dairy of the chain and of stores, and what they explain. */
class IncidentsTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-06-01");

  private final List<Row> incidents = new ArrayList<>();

  @Test
  void theChainAndAStoreExplainTheirPartsWithinTheirDays() {
    incident("CATEGORY", DemandAnomalies.ALL, "dairy", true, 1, 5);
    incident("PRODUCT", "four", "milk", true, 2, 3);
    incident("PRODUCT", "five", "milk", true, 5, 6);
    incident("PRODUCT", "five", "rice", true, 2, 3);
    incident("PRODUCT", "five", "milk", false, 2, 3);
    incident("STORE", "six", "ALL", false, 2, 2);
    incident("CATEGORY", "six", "grain", false, 2, 2);
    incident("PRODUCT", "seven", "milk", false, 2, 2);
    Dataset<Row> products =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('milk', 'dairy'), ('rice', 'grain') AS t(product_id, category)");
    Dataset<Row> found = SparkTest.session().createDataFrame(incidents, ItemJudge.ROW);
    assertThat(Incidents.withoutWhatTheWholeExplains(found, products).collectAsList())
        .extracting(
            row ->
                "%s %s %s"
                    .formatted(
                        row.<String>getAs("store_id"),
                        row.<String>getAs("item_id"),
                        row.<Boolean>getAs("above") ? "above" : "below"))
        .containsExactlyInAnyOrder(
            "ALL dairy above",
            "five milk above",
            "five rice above",
            "five milk below",
            "six ALL below",
            "seven milk below");
  }

  private void incident(
      String level, String store, String item, boolean above, int first, int last) {
    incidents.add(
        RowFactory.create(
            level,
            store,
            item,
            "DEMAND",
            date(first),
            date(last),
            above,
            200.0,
            100.0,
            80.0,
            120.0,
            above ? 5.0 : -5.0,
            10.0,
            "HISTORY",
            "UNKNOWN",
            "seen"));
  }

  private static Date date(int day) {
    return Date.valueOf(FIRST.plusDays(day - 1L));
  }
}
