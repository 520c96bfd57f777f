package com.posmodern.ai.job.care;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.TableCare;
import com.posmodern.ai.night.Progress;
import com.posmodern.ai.night.PublicationStore;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.PublishedTable;
import com.posmodern.ai.testing.ContractRows;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real Delta tables in a folder, and a clock that says that a fortnight has gone by. */
class MaintenanceCommandTest {
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final Clock IN_A_FORTNIGHT = Clock.offset(Clock.systemUTC(), Duration.ofDays(14));

  private static final Table TABLE = Table.PRODUCT_RECOMMENDATIONS;
  private static final int ROWS = 60;

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private Lake lake;

  @BeforeEach
  void filesMayBeRemovedAtOnce() {
    // Delta goes by the system's clock, in whose eyes all files of a test are new.
    SparkTest.session().conf().set(RETENTION_CHECK, "false");
    lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
  }

  @AfterEach
  void asBefore() {
    SparkTest.session().conf().unset(RETENTION_CHECK);
  }

  @Test
  void filesOfKeptPublicationsStayThoughNoNewVersionNeedsThem() {
    long former = write(1, 2);
    record(1, "run1", former);
    List<Row> seen = rows(former);
    long repeated = write(1, 2);
    record(1, "run2", repeated);
    assertThat(dataFiles(former, 1)).doesNotContainAnyElementsOf(dataFiles(repeated, 1));

    maintain(2);

    assertThat(rows(former)).isEqualTo(seen);
    assertThat(rows(repeated)).isEqualTo(seen);
  }

  @Test
  void oldDatesAreDroppedAndSmallFilesJoinedWithoutChangingARow() {
    write(1, 1);
    long scattered = write(2, 6);
    List<String> small = dataFiles(scattered, 2);
    assertThat(small).hasSizeGreaterThan(1);
    String before = fingerprint(2);
    write(3, 1);

    maintain(2);

    assertThat(new TableCare(lake).dates(TABLE)).containsExactly(asOf(3), asOf(2));
    assertThat(dataFiles(lake.version(TABLE), 2)).hasSize(1);
    assertThat(fingerprint(2)).isEqualTo(before);
    assertThat(small).as("what was joined is gone").noneMatch(file -> Files.exists(Path.of(file)));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("results.product_recommendations: ", "1 as-of dates dropped", "MiB less");
  }

  @Test
  void whatAFormerVersionWroteAndNobodyReadsIsRemoved() {
    write(1, 1);
    Path index = Path.of(lake.root(), "models/product_index");
    SparkTest.session().range(3).write().format("delta").save(index.toString());
    maintain(2);
    assertThat(index).doesNotExist();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("models/product_index: removed");
  }

  @Test
  void aNightThatWritesMeanwhileLosesNothing() {
    write(1, 6);
    CompletableFuture<Void> night =
        CompletableFuture.runAsync(
            () -> {
              write(2, 2);
              write(3, 2);
            });
    do {
      // By the true clock: in a fortnight, files that are not committed yet would count as old.
      maintain(2, Clock.systemUTC());
    } while (!night.isDone());
    night.join();
    assertThat(Tables.of(lake, TABLE, asOf(2)).count()).isEqualTo(ROWS);
    assertThat(Tables.of(lake, TABLE, asOf(3)).count()).isEqualTo(ROWS);
  }

  private void maintain(int keptDates) {
    maintain(keptDates, IN_A_FORTNIGHT);
  }

  private void maintain(int keptDates, Clock clock) {
    new MaintenanceCommand(lake, settings(keptDates), new Progress(out, clock), clock).run();
  }

  /** A night's recommendations in so many files; gives their Delta version. */
  private long write(int number, int files) {
    Dataset<Row> rows =
        ContractRows.select(
            TABLE,
            """
                SELECT 'recommend-%d' AS model_version, concat('c', id) AS customer_id,
                  1 AS rank, 'p1' AS product_id, 0.5D AS score, 'popular' AS reason, false AS bought_before,
                  0L AS purchases
                FROM range(%d)"""
                .formatted(number, ROWS));
    new LakeWriter(lake).replace(TABLE, asOf(number), rows.repartition(files), Map.of());
    return lake.version(TABLE);
  }

  /** As the publish job records what it shows. */
  private void record(int number, String run, long version) {
    PublishedTable table =
        new PublishedTable(
            TABLE, version, ROWS, Optional.empty(), Optional.empty(), Optional.empty());
    Publication publication =
        new Publication(Publication.id(asOf(number), run), asOf(number), List.of(table));
    PublicationStore store = new PublicationStore(lake, settings(2));
    new LakeWriter(lake)
        .replace(
            Table.PUBLICATIONS,
            asOf(number),
            store.record(publication),
            PublicationStore.key(publication));
  }

  private String fingerprint(int number) {
    return Tables.fingerprint(lake, TABLE, asOf(number));
  }

  private List<Row> rows(long version) {
    return lake.read(TABLE, version).orderBy("customer_id").collectAsList();
  }

  private List<String> dataFiles(long version, int number) {
    return Stream.of(lake.read(TABLE, version).inputFiles())
        .filter(file -> file.contains(date(number)))
        .map(file -> file.replaceFirst("^file:/+", "/"))
        .toList();
  }

  private static LocalDate asOf(int number) {
    return LocalDate.of(2026, 6, number);
  }

  private static String date(int number) {
    return "as_of_date=" + asOf(number);
  }

  private static Settings settings(int keptDates) {
    PublishSettings publish = TestSettings.read().publish();
    return TestSettings.with(
        new PublishSettings(2, publish.postgres(), publish.bi()),
        new MaintenanceSettings(keptDates, keptDates, keptDates, keptDates, 64, 168));
  }
}
