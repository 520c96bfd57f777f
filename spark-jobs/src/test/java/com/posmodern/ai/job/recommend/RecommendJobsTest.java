package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.testing.TestSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the jobs do when there is little to work on; the whole way is in the end-to-end tests. */
class RecommendJobsTest {
  private final Memory memory = new Memory(TestSettings.read(), Optional.empty());

  RecommendJobsTest() {
    memory.put(
        Table.PRODUCTS,
        """
        SELECT id AS product_id, id AS product_name, 'c' AS category, 'd' AS department,
               string(null) AS brand, decimal(9) AS list_price, 1 AS pack_size,
               date(null) AS launched_on,
               date(null) AS discontinued_on, date(null) AS end_known_from
        FROM VALUES ('milk'), ('bread') AS t(id)
        """);
    memory.put(
        Table.STORES,
        """
        SELECT 's' AS store_id, 's' AS store_name, 'c' AS city, 'r' AS region, 'UTC' AS time_zone
        """);
    memory.put(
        Table.PRODUCT_FEATURES,
        """
        SELECT id AS product_id, 9d AS unit_price, 1d AS velocity_28, 1d AS velocity_84,
               date'2025-01-01' AS first_sold_on, date'2025-06-29' AS last_sold_on
        FROM VALUES ('milk'), ('bread') AS t(id)
        """);
    memory.put(
        Table.ACCEPTED_SALES,
        """
        SELECT sale AS sale_id, 's' AS store_id, product AS product_id,
               string(null) AS customer_id, date'2025-06-30' AS business_date, 1d AS quantity,
               9d AS unit_price
        FROM VALUES ('1', 'milk'), ('2', 'milk'), ('2', 'bread') AS t(sale, product)
        """);
  }

  @Test
  void whereEveryoneIsAnonymousPopularListsAreAllThereIs() {
    JobOutcome trained = new RecommendTrainJob().run(memory);
    assertThat(trained.status()).isEqualTo(JobOutcome.Status.SKIPPED);
    assertThat(trained.message()).contains("anonymous");
    assertThat(new PopularProductsJob().run(memory).status()).isEqualTo(JobOutcome.Status.OK);
    assertThat(new SimilarProductsJob().run(memory).status()).isEqualTo(JobOutcome.Status.OK);
    JobOutcome scored = new RecommendScoreJob().run(memory);
    assertThat(scored.status()).isEqualTo(JobOutcome.Status.SKIPPED);
    assertThat(scored.message()).contains("no known customers");

    assertThat(memory.read(Table.POPULAR_PRODUCTS).sort(STORE_ID, RANK).collectAsList())
        .extracting(row -> row.<String>getAs(STORE_ID) + " " + row.<String>getAs(PRODUCT_ID))
        .containsExactly("ALL milk", "ALL bread", "s milk", "s bread");
    assertThat(memory.read(Table.SIMILAR_PRODUCTS).count()).isEqualTo(2);
  }

  @Test
  void withoutAnAcceptedModelEveryKnownCustomerGetsThePopularList() {
    memory.put(
        Table.CUSTOMERS,
        "SELECT id AS customer_id, string(null) AS home_store_id, true AS profiling_consent"
            + " FROM VALUES ('a'), ('b') AS t(id)");
    new PopularProductsJob().run(memory);
    JobOutcome scored = new RecommendScoreJob().run(memory);
    assertThat(scored.message()).contains("no accepted model");
    assertThat(memory.read(Table.PRODUCT_RECOMMENDATIONS).sort(CUSTOMER_ID, RANK).collectAsList())
        .extracting(
            row ->
                row.<String>getAs(CUSTOMER_ID)
                    + " "
                    + row.<String>getAs(PRODUCT_ID)
                    + " "
                    + row.<String>getAs(REASON))
        .containsExactly("a milk popular", "a bread popular", "b milk popular", "b bread popular");
  }
}
