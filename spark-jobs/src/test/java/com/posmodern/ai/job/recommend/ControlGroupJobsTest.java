package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.campaign.RecommendationResultsJob;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.recommend.ControlGroup;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What recommend.control_share does to a night: of 120 customers, who bought tea and bread, four in
 * ten get popular products; in 28 days of lists the others spend 5 more each.
 */
class ControlGroupJobsTest {
  private static final ControlGroup CONTROL = new ControlGroup(0.4);

  private static final String CUSTOMERS =
      "SELECT concat('c', id) AS customer_id, string(null) AS home_store_id, true AS"
          + " profiling_consent FROM range(120)";

  @TempDir Path folder;

  @Test
  void controlsGetPopularProductsAndTheResultsCompareBothArms() throws IOException {
    Set<String> drawn = customers(sql(CUSTOMERS).where(CONTROL.contains()));
    assertThat(drawn).hasSizeBetween(30, 70);
    Memory memory = night(0.4);
    new PopularProductsJob().run(memory);
    assertThat(new RecommendScoreJob().run(memory).status()).isEqualTo(JobOutcome.Status.OK);
    Dataset<Row> lists = memory.read(Table.PRODUCT_RECOMMENDATIONS);
    assertThat(customers(lists)).hasSize(120);
    assertThat(customers(lists.where("reason = 'popular'"))).containsAll(drawn);
    assertThat(customers(lists.where("reason <> 'popular'")))
        .hasSize(120 - drawn.size())
        .doesNotContainAnyElementsOf(drawn);
    assertThat(lists.where(CONTROL.contains()).select(PRODUCT_ID).distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("milk", "bread", "tea");

    memory.remember(
        Table.PRODUCT_RECOMMENDATIONS,
        lists.crossJoin(
            sql("SELECT explode(sequence(date'2025-06-02', date'2025-06-29')) AS as_of_date")));
    assertThat(new RecommendationResultsJob().run(memory).status()).isEqualTo(JobOutcome.Status.OK);
    Row all = memory.read(Table.RECOMMENDATION_RESULTS).where("list_part = 'ALL'").first();
    assertThat(all.<Long>getAs(CONTROL_CUSTOMERS)).isEqualTo(drawn.size());
    assertThat(all.<Long>getAs(LIST_CUSTOMERS)).isEqualTo(120 - drawn.size());
    assertThat(all.<Double>getAs(INCREMENTAL_REVENUE))
        .isEqualTo(5.0 * (120 - drawn.size()), within(1e-6));
    assertThat(all.<Double>getAs(INCREMENTAL_LOWER)).isPositive();
  }

  @Test
  void withoutAShareEverybodyWithPurchasesHasAListOfTheirOwn() throws IOException {
    Memory memory = night(0);
    new PopularProductsJob().run(memory);
    new RecommendScoreJob().run(memory);
    assertThat(customers(memory.read(Table.PRODUCT_RECOMMENDATIONS).where("reason <> 'popular'")))
        .hasSize(120);
    memory.remember(Table.PRODUCT_RECOMMENDATIONS, memory.read(Table.PRODUCT_RECOMMENDATIONS));
    JobOutcome compared = new RecommendationResultsJob().run(memory);
    assertThat(compared.status()).isEqualTo(JobOutcome.Status.SKIPPED);
    assertThat(compared.message()).contains("no control group");
  }

  private Memory night(double share) throws IOException {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(
        file,
        "extends: %s%nrecommend: {control_share: %s, list_length: 3}%n"
            .formatted(TestSettings.file(), share));
    // The fixed blend of scores: a champion without trees of its own.
    Memory memory =
        new Memory(
            Settings.read(file), Optional.of(new Champion("blend", Memory.AS_OF.minusDays(7), 0)));
    put(
        memory,
        Table.PRODUCTS,
        """
        SELECT id AS product_id, id AS product_name, id AS category, 'd' AS department,
               decimal(9) AS list_price, 1 AS pack_size
        FROM VALUES ('milk'), ('bread'), ('tea') AS t(id)
        """);
    put(
        memory,
        Table.STORES,
        "SELECT 's' AS store_id, 's' AS store_name, 'c' AS city, 'SP' AS region, 'UTC' AS time_zone");
    put(
        memory,
        Table.PRODUCT_FEATURES,
        """
        SELECT id AS product_id, 9d AS unit_price, 1d AS velocity_28, 1d AS velocity_84,
               date'2025-01-01' AS first_sold_on, date'2025-06-29' AS last_sold_on
        FROM VALUES ('milk'), ('bread'), ('tea') AS t(id)
        """);
    memory.put(Table.CUSTOMERS, CUSTOMERS);
    memory.put(
        Table.PURCHASE_INTERACTIONS, "SELECT concat('c', id) AS customer_id FROM range(120)");
    memory.put(Table.ACCEPTED_SALES, sales());
    return memory;
  }

  private static void put(Memory memory, Table table, String query) {
    memory.put(table, ContractRows.select(table, query));
  }

  /** Milk is bought by the anonymous; those outside the control group spend 5 more in June. */
  private static Dataset<Row> sales() {
    return sql("SELECT concat('c', id) AS customer_id FROM range(120)")
        .withColumn("own", CONTROL.contains())
        .crossJoin(
            sql(
                "SELECT * FROM VALUES (date'2025-05-20', 'tea'), (date'2025-06-20', 'tea'),"
                    + " (date'2025-06-20', 'bread') AS t(business_date, product_id)"))
        .withColumn(
            REVENUE,
            expr(
                "IF(NOT own AND product_id = 'bread', 14D, 9D) + double(pmod(hash(customer_id), 3))"))
        .drop("own")
        .unionByName(
            sql(
                "SELECT string(null) AS customer_id, date'2025-06-21' AS business_date, 'milk' AS"
                    + " product_id, 9D AS revenue FROM range(500)"))
        .selectExpr(
            "*",
            "concat_ws('/', customer_id, business_date, IF(customer_id IS NULL, uuid(), '')) AS"
                + " sale_id",
            "'s' AS store_id",
            "1D AS quantity",
            "9D AS unit_price",
            "timestamp(business_date) AS sold_at");
  }

  private static Set<String> customers(Dataset<Row> rows) {
    List<Row> found = rows.select(CUSTOMER_ID).distinct().collectAsList();
    Set<String> customers = new TreeSet<>();
    found.forEach(row -> customers.add(row.getString(0)));
    return customers;
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
