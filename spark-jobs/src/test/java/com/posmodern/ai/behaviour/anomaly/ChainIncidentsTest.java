package com.posmodern.ai.behaviour.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.testing.SparkTest;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** A chain of five stores. */
class ChainIncidentsTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-06-01");

  private final List<Row> incidents = new ArrayList<>();

  @Test
  void whatHalfOfTheStoresHaveIsOneIncidentAndAStoreFarFromThemKeepsItsOwn() {
    incident("CATEGORY", "one", "dairy", true, 1, 3, 200);
    incident("CATEGORY", "two", "dairy", true, 3, 5, 180);
    incident("CATEGORY", "three", "dairy", true, 5, 5, 900);
    List<Row> found = merged();
    assertThat(found)
        .extracting(row -> row.<String>getAs("store_id"))
        .containsExactlyInAnyOrder("ALL", "three");
    Row chain = of("ALL", found);
    assertThat(chain.<Date>getAs("starts_on")).isEqualTo(date(1));
    assertThat(chain.<Date>getAs("ends_on")).isEqualTo(date(5));
    assertThat(chain.<Double>getAs("demand")).isEqualTo(200 + 180 + 900);
    assertThat(chain.<Double>getAs("expected_demand")).isEqualTo(300);
    assertThat(chain.<Double>getAs("money_at_stake")).isEqualTo(30);
    assertThat(chain.<Double>getAs("deviations")).isCloseTo(3 * 5 / Math.sqrt(3), within(1e-9));
    assertThat(chain.<String>getAs("evidence")).isEqualTo("in 3 of 5 stores; seen");
    assertThat(of("three", found).<Double>getAs("demand")).isEqualTo(900);
  }

  @Test
  void fewerStoresOtherDirectionsAndOtherDaysStayApart() {
    incident("CATEGORY", "one", "dairy", true, 1, 3, 200);
    incident("CATEGORY", "two", "dairy", true, 3, 5, 180);
    incident("CATEGORY", "three", "dairy", false, 3, 5, 20);
    incident("CATEGORY", "four", "dairy", true, 6, 7, 200);
    incident("PRODUCT", "five", "milk", true, 1, 7, 200);
    assertThat(merged())
        .extracting(row -> row.<String>getAs("store_id"))
        .containsExactlyInAnyOrder("one", "two", "three", "four", "five");
  }

  @Test
  void theChainExplainsThePartsOfItsStores() {
    incident("CATEGORY", "one", "dairy", true, 1, 5, 200);
    incident("CATEGORY", "two", "dairy", true, 1, 5, 180);
    incident("CATEGORY", "three", "dairy", true, 1, 5, 190);
    incident("PRODUCT", "four", "milk", true, 2, 3, 150);
    incident("PRODUCT", "five", "milk", true, 5, 6, 150);
    incident("PRODUCT", "five", "rice", true, 2, 3, 150);
    Dataset<Row> products =
        SparkTest.session()
            .sql(
                "SELECT * FROM VALUES ('milk', 'dairy'), ('rice', 'grain') AS t(product_id, category)");
    assertThat(Incidents.withoutWhatTheWholeExplains(rows(), stores(), products).collectAsList())
        .extracting(row -> row.<String>getAs("store_id") + " " + row.<String>getAs("item_id"))
        .containsExactlyInAnyOrder("ALL dairy", "five milk", "five rice");
  }

  private void incident(
      String level, String store, String item, boolean above, int first, int last, double seen) {
    incidents.add(
        RowFactory.create(
            level,
            store,
            item,
            "DEMAND",
            date(first),
            date(last),
            above,
            seen,
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

  private static Row of(String store, List<Row> rows) {
    return rows.stream()
        .filter(row -> row.<String>getAs("store_id").equals(store))
        .findFirst()
        .orElseThrow();
  }

  private List<Row> merged() {
    return ChainIncidents.merged(rows(), stores()).collectAsList();
  }

  private Dataset<Row> rows() {
    return SparkTest.session().createDataFrame(incidents, SeriesJudge.ROW);
  }

  private static Dataset<Row> stores() {
    return SparkTest.session()
        .sql("SELECT explode(array('one', 'two', 'three', 'four', 'five', 'five')) AS store_id");
  }
}
