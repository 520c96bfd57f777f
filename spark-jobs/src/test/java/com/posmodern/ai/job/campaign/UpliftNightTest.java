package com.posmodern.ai.job.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.model.UpliftFigures;
import com.posmodern.ai.night.HistoryWrite;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake with 2,600 customers of one earlier campaign, half of whom got a message, on the night on
 * which uplift can be learnt for the first time. Customers with even numbers come every week, the
 * others every month; baskets do not differ.
 */
class UpliftNightTest {
  private static final PseudonymKey KEY = PseudonymKey.of("a-key-of-the-tests-0123456789abcdef");
  private static final LocalDate PAST = LocalDate.of(2025, 6, 1);
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  @TempDir private Path folder;

  @Test
  void audiencesFollowUpliftWhereMessagesHelpSomeAndPutOffOthers() throws IOException {
    Lake lake = lake(12, -8);
    JobReport trained = run(lake, NIGHT, new UpliftTrainJob());
    assertThat(trained.outcome()).as(trained.message()).isEqualTo(JobReport.Outcome.OK);
    assertThat(trained.message()).startsWith("accepted");
    double uplift = qini(lake, UpliftFigures.UPLIFT);
    double propensity = qini(lake, UpliftFigures.PROPENSITY);
    System.out.printf(
        "Qini per customer: %.3f by uplift, %.3f by propensity%n", uplift, propensity);
    assertThat(uplift).isGreaterThan(1.5).isGreaterThan(propensity + 1);

    JobReport selected = run(lake, NIGHT, new CampaignAudienceJob());
    assertThat(selected.message()).endsWith("ordered by uplift");
    // Who is put off gets no message, and the control group is drawn from those who are not.
    assertThat(selectedWithParity(lake, 0)).isGreaterThan(1000);
    assertThat(selectedWithParity(lake, 1)).isLessThan(60);
  }

  @Test
  void audiencesFollowPropensityWhereMessagesBringNothing() throws IOException {
    Lake lake = lake(0, 0);
    JobReport trained = run(lake, NIGHT, new UpliftTrainJob());
    assertThat(trained.message()).contains("the order by propensity stays");
    JobReport selected = run(lake, NIGHT, new CampaignAudienceJob());
    assertThat(selected.message()).endsWith("ordered by propensity");
    assertThat(selectedWithParity(lake, 0)).isGreaterThan(1000);
    assertThat(selectedWithParity(lake, 1)).isGreaterThan(1000);
  }

  /** What a message brings of customers with even numbers, and of the others. */
  private Lake lake(double even, double odd) throws IOException {
    Files.createDirectories(folder.resolve("campaigns"));
    Path conf = Path.of(System.getProperty("repository.root"), "conf/campaigns");
    Files.copy(conf.resolve("defaults.yaml"), folder.resolve("campaigns/defaults.yaml"));
    Files.writeString(
        folder.resolve("campaigns/spring.yaml"),
        """
        enabled: true
        goal: EVENT
        title: Spring
        window: {from: "2025-06-01", until: "2025-12-31"}
        offer: {budget: 1000000.0, message_cost: 0.05}
        channels: [SMS]
        """);
    Lake lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    LakeWriter sources = new LakeWriter(lake);
    sources.replaceSource(
        Table.PRODUCTS,
        ContractRows.select(
            Table.PRODUCTS,
            "SELECT 'p' AS product_id, 'tea' AS product_name, 'tea' AS category, 'drinks' AS"
                + " department"));
    sources.replaceSource(
        Table.CUSTOMERS,
        ContractRows.select(
            Table.CUSTOMERS,
            "SELECT concat('c', id) AS customer_id, concat('119876', lpad(id, 5, '0')) AS phone,"
                + " DATE '1980-01-01' AS birth_date, true AS marketing_consent, true AS"
                + " profiling_consent FROM range(2600)"));
    sources.replaceSource(
        Table.CAMPAIGN_EVENTS,
        ContractRows.select(
            Table.CAMPAIGN_EVENTS,
            "SELECT concat('e', id) AS event_id, 'winter' AS campaign_id, concat('c', id) AS"
                + " customer_id, 'sent' AS kind, TIMESTAMP '2025-06-02 10:00:00' AS occurred_at"
                + " FROM range(2600) WHERE "
                + treated()));
    assertWritten(run(lake, PAST, new Planting(Table.CAMPAIGN_AUDIENCE, audience())));
    assertWritten(run(lake, NIGHT, new Planting(Table.ACCEPTED_SALES, sales(even, odd))));
    assertWritten(run(lake, NIGHT, new Planting(Table.CUSTOMER_FEATURES, features())));
    return lake;
  }

  private static String treated() {
    return "hash(id, 'arm') % 2 = 0";
  }

  private static Dataset<Row> audience() {
    return ContractRows.completed(
        Table.CAMPAIGN_AUDIENCE,
        pseudonymous(
            "SELECT id, 'winter' AS campaign_id, IF(%s, 'A', 'CONTROL') AS arm, 'SMS' AS channel, 0"
                    .formatted(treated())
                + " AS segment_id, '' AS segment_name, 0.02D AS response, 1D AS expected_gain,"
                + " 0D AS expected_cost, 14 AS measure_days, 'CONSENT' AS legal_basis FROM"
                + " range(2600)"));
  }

  /** Some 10 to 40 a visit; everybody comes once more after the message, and it tells then. */
  private static Dataset<Row> sales(double even, double odd) {
    String visits =
        "SELECT id, explode(sequence(date_add(DATE '2025-03-01', pmod(hash(id, 'day'), IF(id % 2 ="
            + " 0, 7, 30))), DATE '2025-06-30', IF(id % 2 = 0, INTERVAL '7' DAY, INTERVAL '30'"
            + " DAY))) AS day, 0D AS more FROM range(2600)";
    String once =
        "SELECT id, DATE '2025-06-03' AS day, IF(%s, IF(id %% 2 = 0, %sD, %sD), 0D) AS more FROM range(2600)"
            .formatted(treated(), even, odd);
    return ContractRows.completed(
        Table.ACCEPTED_SALES,
        pseudonymous(
                "SELECT id, day, 10 + pmod(hash(id), 30) + sum(more) AS revenue FROM (%s UNION ALL %s) GROUP BY id, day"
                    .formatted(visits, once))
            .selectExpr(
                "customer_id",
                "concat(customer_id, day) AS sale_id",
                "1 AS line_no",
                "'s' AS store_id",
                "'p' AS product_id",
                "cast(day AS timestamp) AS sold_at",
                "day AS business_date",
                "9 AS local_hour",
                "1D AS quantity",
                "revenue AS unit_price",
                "0D AS discount",
                "revenue",
                "'store' AS channel"));
  }

  private static Dataset<Row> features() {
    return ContractRows.completed(
        Table.CUSTOMER_FEATURES,
        pseudonymous(
            "SELECT id, 25D AS recency, IF(id % 2 = 0, 14D, 4D) AS frequency, 300D AS"
                + " monetary_value, 100D AS tenure, 29D AS basket_value, 1D AS basket_size, 1D AS"
                + " distinct_products, map('drinks', 1D) AS department_shares, map('tea', 1D) AS"
                + " category_shares, 's' AS preferred_store_id FROM range(2600)"));
  }

  private static Dataset<Row> pseudonymous(String query) {
    return SparkTest.session()
        .sql(query)
        .withColumn(
            "customer_id", KEY.pseudonym(functions.concat(functions.lit("c"), functions.col("id"))))
        .drop("id");
  }

  private static double qini(Lake lake, String candidate) {
    return lake.read(Table.MODEL_METRICS)
        .where(functions.col("candidate").equalTo(candidate))
        .where(functions.col("metric").equalTo(UpliftFigures.QINI))
        .first()
        .<Double>getAs("metric_value");
  }

  /** Customers selected tonight with even or odd numbers, known by how often they come. */
  private static long selectedWithParity(Lake lake, int parity) {
    return lake.read(Table.CAMPAIGN_AUDIENCE)
        .where("campaign_id = 'spring'")
        .join(
            lake.read(Table.CUSTOMER_FEATURES)
                .where(parity == 0 ? "frequency = 14" : "frequency = 4")
                .select("customer_id"),
            "customer_id")
        .count();
  }

  private JobReport run(Lake lake, LocalDate asOf, Job job) {
    Settings settings =
        TestSettings.withOutreach(
                folder.resolve("campaigns").toString(), TestSettings.read().outreach())
            .withLake(lake.root());
    Clock clock = Clock.systemUTC();
    Run run = new Run("run-" + asOf, asOf, settings, KEY, "test");
    return new JobRunner(run, lake, new Progress(System.out, clock), clock).run(job);
  }

  private static void assertWritten(JobReport report) {
    assertThat(report.outcome()).as(report.message()).isEqualTo(JobReport.Outcome.OK);
  }

  /** Writes rows as the job of the table would. */
  private record Planting(Table table, Dataset<Row> rows) implements Job {
    @Override
    public JobSpec spec() {
      return JobSpec.of("plant-" + table.tableName(), "plant rows").writes(table);
    }

    @Override
    public JobOutcome run(JobContext context) {
      if (table == Table.ACCEPTED_SALES) {
        context.writeHistory(table, rows, new HistoryWrite(Optional.empty(), false, Map.of(), ""));
      } else {
        context.write(table, rows);
      }
      return JobOutcome.ok();
    }
  }
}
