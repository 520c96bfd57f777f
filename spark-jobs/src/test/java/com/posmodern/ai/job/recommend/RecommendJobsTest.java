package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Standing;
import com.posmodern.ai.lake.TableChanges;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.ModelRegistry;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What the jobs do when there is little to work on; the whole way is in the end-to-end tests. */
class RecommendJobsTest {
  private static final LocalDate AS_OF = LocalDate.of(2025, 6, 30);

  private final Memory memory = new Memory();

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

  /** Tables in memory, held against their contracts when written; no model was ever accepted. */
  private static final class Memory implements JobContext, ModelRegistry {
    private final Map<Table, Dataset<Row>> tables = new EnumMap<>(Table.class);

    void put(Table table, String sql) {
      tables.put(table, spark().sql(sql));
    }

    @Override
    public Optional<Champion> acceptedUpTo(String model, LocalDate date) {
      return Optional.empty();
    }

    @Override
    public LocalDate asOf() {
      return AS_OF;
    }

    @Override
    public String runId() {
      return "run";
    }

    @Override
    public Settings settings() {
      return TestSettings.read();
    }

    @Override
    public SparkSession spark() {
      return SparkTest.session();
    }

    @Override
    public Dataset<Row> readAllDays(Table table) {
      return read(table);
    }

    @Override
    public long writeHistory(Table table, Dataset<Row> rows, HistoryWrite write) {
      return write(table, rows);
    }

    @Override
    public Optional<Standing> standing(Table table) {
      return Optional.empty();
    }

    @Override
    public Optional<Dataset<Row>> lastWritten(Table table) {
      return Optional.ofNullable(tables.get(table));
    }

    @Override
    public String place(Table table) {
      return "";
    }

    @Override
    public TableChanges changes(Table table, String place) {
      return TableChanges.unknown("nobody keeps it");
    }

    @Override
    public boolean rebuilds() {
      return true;
    }

    @Override
    public Dataset<Row> read(Table table) {
      return tables.get(table);
    }

    @Override
    public Optional<Dataset<Row>> readOptional(Table table) {
      return Optional.ofNullable(tables.get(table));
    }

    @Override
    public Optional<Dataset<Row>> ages(LocalDate day, int minimumAge) {
      return Optional.empty();
    }

    @Override
    public Optional<Dataset<Row>> readHistory(Table table) {
      return Optional.empty();
    }

    @Override
    public long write(Table table, Dataset<Row> rows, Map<String, String> slice) {
      List<String> columns =
          Contracts.of(table).columnNames().stream()
              .filter(c -> !c.equals(AS_OF_DATE) && !c.equals(KNOWN_UNTIL))
              .toList();
      assertThat(rows.columns()).containsExactlyInAnyOrderElementsOf(columns);
      List<Row> held = rows.collectAsList();
      tables.put(table, spark().createDataFrame(held, rows.schema()));
      return held.size();
    }

    @Override
    public void step(String whatIsHappening) {}

    @Override
    public ModelRegistry registry() {
      return this;
    }

    @Override
    public PublicationStore publications() {
      throw new UnsupportedOperationException("nothing is published from memory");
    }

    @Override
    public Map<String, String> dataVersions() {
      return Map.of();
    }

    @Override
    public String nextVersion(String model, Map<String, String> parameters) {
      throw new AssertionError("nothing is trained here");
    }

    @Override
    public ModelVersion judge(Evaluation evaluation, double seconds) {
      throw new AssertionError("nothing is trained here");
    }

    @Override
    public Optional<Champion> champion(String model) {
      return Optional.empty();
    }
  }
}
