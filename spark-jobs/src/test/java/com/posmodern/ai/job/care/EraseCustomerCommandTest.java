package com.posmodern.ai.job.care;

import static com.posmodern.ai.testing.PlantedCustomers.AS_OF;
import static com.posmodern.ai.testing.PlantedCustomers.ID;
import static com.posmodern.ai.testing.PlantedCustomers.SILENT;
import static com.posmodern.ai.testing.PlantedCustomers.other;
import static com.posmodern.ai.testing.PlantedCustomers.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.job.publish.PublishJob;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.night.JobRunner;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.night.Run;
import com.posmodern.ai.privacy.ErasedCustomers;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.testing.Needle;
import com.posmodern.ai.testing.PlantedCustomers;
import com.posmodern.ai.testing.PostgresServer;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A customer in every kind of table, in two publications of a real PostgreSQL, in refused rows and
 * in a report; afterwards nowhere. The test looks for her in its own way, not the program's.
 */
@Tag("external")
@Tag("slow")
class EraseCustomerCommandTest {
  private static final String DATABASE = "erasure";
  private static final PseudonymKey KEY = PseudonymKey.ofEnvironment();
  private static final String PSEUDONYM = KEY.pseudonym(ID);
  private static final List<String> NEEDLES = List.of(ID, PSEUDONYM);
  private static final String SEEN_BY_TILL =
      "SELECT count(*) || ' ' || count(DISTINCT customer_id) || ' ' || min(as_of_date)"
          + " FROM pos.product_recommendations";

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Lake lake;
  private Settings settings;

  @BeforeEach
  void aLakeWithHerInIt() throws SQLException, IOException {
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    PublishSettings publish = TestSettings.read().publish();
    settings =
        TestSettings.with(
            new PublishSettings(7, PostgresServer.database(DATABASE), publish.bi()),
            TestSettings.read().maintenance(),
            folder.resolve("reports").toString());
    PlantedCustomers.write(lake, 1, false);
    run("quality", "customer-features");
    LakeWriter writer = new LakeWriter(lake);
    writer.replace(
        Table.PURCHASE_INTERACTIONS,
        AS_OF,
        rows(
            Table.PURCHASE_INTERACTIONS,
            IntStream.range(0, 10)
                .mapToObj(i -> RowFactory.create(pseudonym(i), "P1", 1L, Date.valueOf(AS_OF), 1.0))
                .toList()),
        Map.of());
    // A table of a former version of the program, which has no contract any more.
    SparkTest.session()
        .sql("SELECT '%s' AS customer_id, 0 AS customer_index".formatted(PSEUDONYM))
        .write()
        .format("delta")
        .option("delta.dataSkippingNumIndexedCols", "0")
        .save(lake.root() + "/models/customer_index");
    // What quality masks may come from elsewhere all the same.
    writer.replace(
        Table.QUARANTINE,
        AS_OF,
        SparkTest.session()
            .sql(
                "SELECT '%s' AS row_key, '{}' AS row_json, array('r') AS reasons, 'x' AS table_name"
                    .formatted(ID)),
        Map.of(Columns.TABLE_NAME, "x"));
    Files.createDirectories(folder.resolve("reports"));
    Files.writeString(folder.resolve("reports/2024-03-01.html"), "<p>" + PSEUDONYM + "</p>");
    publish("night1", 1);
    publish("night2", 2);
    // A night for the same date that never came to its publication.
    writer.replace(Table.CUSTOMER_SEGMENTS, AS_OF, segments(3), Map.of());
  }

  @Test
  void sheIsNowhereAfterwardsAndEverybodyElseIsAsBefore() throws SQLException {
    Publication before = store().newest(2).get(0);
    Map<Table, List<String>> others = others(before);
    long sold = lake.read(Table.SALES_LINES).count();
    long accepted = lake.read(Table.ACCEPTED_SALES).count();
    assertThat(PostgresServer.asTill(DATABASE, SEEN_BY_TILL)).isEqualTo("20 10 2024-03-01");
    // The search finds what there is to find: in rows, in the log's older versions, in reports.
    assertThat(Needle.in(folder, NEEDLES))
        .anyMatch(file -> file.startsWith("lake/source/customers/part"))
        .anyMatch(file -> file.startsWith("lake/source/reviews/part"))
        .anyMatch(file -> file.startsWith("lake/features/accepted_sales/"))
        .anyMatch(file -> file.startsWith("lake/features/purchase_interactions/"))
        .anyMatch(file -> file.startsWith("lake/models/customer_index/"))
        .anyMatch(file -> file.startsWith("lake/results/customer_segments/"))
        .anyMatch(file -> file.startsWith("lake/ops/quarantine/"))
        .anyMatch(file -> file.startsWith("reports/"))
        .anyMatch(file -> file.startsWith("lake/ops/quarantine/_delta_log/"))
        .noneMatch(file -> file.contains("_delta_log") && !file.contains("quarantine"));
    assertThat(inDatabase(PSEUDONYM)).isPositive();

    // Broken off between the readers: the till has forgotten her, BI and the older versions not.
    breakOffAt("till: ");
    assertThat(text()).containsPattern("[1-9]\\d* rows deleted in \\d+ tables");
    assertThat(inDatabase(PSEUDONYM)).isZero();
    assertThat(Needle.in(folder, NEEDLES)).anyMatch(file -> file.startsWith("lake/"));
    // And with the older versions gone, but her name still in a report.
    breakOffAt("older versions of");
    assertThat(Needle.in(folder, NEEDLES))
        .isNotEmpty()
        .allMatch(file -> file.startsWith("reports/"));
    erase();

    assertThat(Needle.in(folder, NEEDLES)).isEmpty();
    assertThat(inDatabase(PSEUDONYM)).isZero();
    assertThat(inDatabase(ID)).isZero();
    List<Publication> left = store().newest(9);
    assertThat(left).extracting(Publication::id).containsExactly(before.id());
    assertThat(others(left.get(0))).as("the visible rows of others").isEqualTo(others);
    assertThat(lake.read(Table.SALES_LINES).count()).as("the books stay whole").isEqualTo(sold);
    assertThat(lake.read(Table.ACCEPTED_SALES).count()).isEqualTo(accepted);
    assertThat(text()).containsPattern("customer key removed from [1-9]\\d* sales lines");
    assertThat(PostgresServer.asTill(DATABASE, SEEN_BY_TILL)).isEqualTo("18 9 2024-03-01");
    assertThat(
            PostgresServer.value(
                DATABASE,
                "pos_loader",
                "SELECT row_count || ' ' || base_rows FROM pos_admin.contents"
                    + " WHERE table_name = 'product_recommendations'"))
        .isEqualTo("18 18");
    for (PublishedManifest manifest : manifests()) {
      assertThat(manifest.files()).as(manifest.name()).isNotEmpty().allMatch(Files::exists);
    }
    assertThat(text())
        .contains("done: no file contains the customers any more", PSEUDONYM.substring(0, 8) + "…")
        .doesNotContain(ID)
        .doesNotContain(PSEUDONYM);
    assertThat(text()).containsPattern("results/product_recommendations +0 +\\d+ +0");

    // The next night's publication works on what is there.
    publish("night3", 3);
    assertThat(PostgresServer.asTill(DATABASE, SEEN_BY_TILL)).isEqualTo("20 10 2024-03-01");
  }

  private void erase() {
    erase(printed);
  }

  private void erase(OutputStream out) {
    new EraseCustomerCommand(
            lake,
            settings,
            new ErasedCustomers(List.of(ID), KEY),
            new Progress(new PrintStream(out, true, StandardCharsets.UTF_8), Clock.systemUTC()),
            Clock.systemUTC())
        .run();
  }

  /** An erasure that ends with the step that says so. */
  private void breakOffAt(String words) {
    OutputStream out =
        new FilterOutputStream(printed) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            super.write(bytes, from, length);
            if (text().lines().reduce("", (first, last) -> last).contains(words)) {
              throw new CrashError();
            }
          }
        };
    assertThatThrownBy(() -> erase(out)).isInstanceOf(CrashError.class);
  }

  private static final class CrashError extends Error {
    private static final long serialVersionUID = 1;
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void run(String... jobs) {
    for (String job : jobs) {
      JobReport report = runner("run").run(Jobs.catalogue().get(job));
      assertThat(report.outcome()).as(job + ": " + report.message()).isEqualTo(Outcome.OK);
    }
  }

  private JobRunner runner(String id) {
    Run run = new Run(id, AS_OF, settings, KEY, "test");
    Clock clock = Clock.systemUTC();
    return new JobRunner(run, lake, new Progress(SILENT, clock), clock);
  }

  private void publish(String run, int number) {
    LakeWriter writer = new LakeWriter(lake);
    writer.replace(Table.CUSTOMER_SEGMENTS, AS_OF, segments(number), Map.of());
    List<Row> recommendations = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      for (int rank = 1; rank <= 2; rank++) {
        recommendations.add(
            RowFactory.create(
                "m" + number, pseudonym(i), rank, "P" + rank, 1.0 * number, "popular", false, 0L));
      }
    }
    writer.replace(
        Table.PRODUCT_RECOMMENDATIONS,
        AS_OF,
        rows(Table.PRODUCT_RECOMMENDATIONS, recommendations),
        Map.of());
    JobReport report = runner(run).run(new PublishJob());
    assertThat(report.outcome()).as(report.message()).isEqualTo(Outcome.OK);
  }

  private static org.apache.spark.sql.Dataset<Row> segments(int number) {
    return rows(
        Table.CUSTOMER_SEGMENTS,
        IntStream.range(0, 10)
            .mapToObj(
                i -> RowFactory.create("m" + number, pseudonym(i), number, "s" + number, 0.5, true))
            .toList());
  }

  private static String pseudonym(int customer) {
    return KEY.pseudonym(customer == 0 ? ID : other(customer));
  }

  private PublicationStore store() {
    return new PublicationStore(lake, settings);
  }

  /** Rows of others: of the source, features and models as they are, of results as published. */
  private Map<Table, List<String>> others(Publication publication) {
    Map<Table, List<String>> rows = new EnumMap<>(Table.class);
    for (Table table :
        List.of(
            Table.CUSTOMERS, Table.REVIEWS, Table.CUSTOMER_FEATURES, Table.PURCHASE_INTERACTIONS)) {
      rows.put(table, texts(lake.read(table)));
    }
    for (Table table : List.of(Table.SALES_LINES, Table.ACCEPTED_SALES)) {
      rows.put(table, texts(lake.read(table).where("customer_id IS NOT NULL")));
    }
    publication
        .tables()
        .forEach(p -> rows.put(p.table(), texts(lake.read(p.table(), p.deltaVersion()))));
    return rows;
  }

  private static List<String> texts(org.apache.spark.sql.Dataset<Row> rows) {
    return rows.toJSON().collectAsList().stream()
        .filter(row -> NEEDLES.stream().noneMatch(row::contains))
        .sorted()
        .toList();
  }

  private record PublishedManifest(String name, List<Path> files) {}

  private List<PublishedManifest> manifests() {
    List<PublishedManifest> found = new ArrayList<>();
    try (var files = Files.walk(folder.resolve("lake/publication/manifests"))) {
      for (Path file : files.filter(f -> f.endsWith("manifest")).toList()) {
        found.add(
            new PublishedManifest(
                file.toString(),
                Files.readAllLines(file).stream()
                    .map(line -> Path.of(line.replaceFirst("^file:/+", "/")))
                    .toList()));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(found).isNotEmpty();
    return found;
  }

  /** Rows, of any table of any schema, with the value anywhere in them. */
  private static long inDatabase(String value) throws SQLException {
    long found = 0;
    try (Connection connection = PostgresServer.connect(DATABASE, "postgres");
        Statement names = connection.createStatement();
        Statement search = connection.createStatement();
        ResultSet tables =
            names.executeQuery(
                "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n"
                    + " ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname LIKE 'pos%'")) {
      while (tables.next()) {
        ResultSet hits =
            search.executeQuery(
                "SELECT count(*) FROM %s.%s t WHERE t::text LIKE '%%%s%%'"
                    .formatted(tables.getString(1), tables.getString(2), value));
        hits.next();
        found += hits.getLong(1);
      }
    }
    return found;
  }
}
