package com.posmodern.ai.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.config.Settings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.LakeWriter;
import com.posmodern.ai.lake.TableCare;
import com.posmodern.ai.publish.Publication;
import com.posmodern.ai.publish.TillNights;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private TillNights nights;

  @BeforeEach
  void filesMayBeRemovedAtOnce() {
    // Delta goes by the system's clock, in whose eyes all files of a test are new.
    SparkTest.session().conf().set(RETENTION_CHECK, "false");
    nights = new TillNights(folder.resolve("lake"));
  }

  @AfterEach
  void asBefore() {
    SparkTest.session().conf().unset(RETENTION_CHECK);
  }

  @Test
  void filesOfKeptPublicationsStayThoughNoNewVersionNeedsThem() {
    long former = publish(1, "run1");
    List<Row> seen = rows(former);
    long repeated = publish(1, "run2");
    assertThat(dataFilesOf(former)).doesNotContainAnyElementsOf(dataFilesOf(repeated));

    maintain(2);

    assertThat(rows(former)).isEqualTo(seen);
    assertThat(rows(repeated)).isEqualTo(seen);
  }

  @Test
  void oldDatesAreDroppedAndSmallFilesJoinedWithoutChangingARow() {
    for (int number = 1; number <= 3; number++) {
      nights.night(number, 10);
    }
    scatter(2);
    long scattered = nights.lake().version(Table.PRODUCT_RECOMMENDATIONS);
    String before = fingerprint(2);
    assertThat(files(2)).isGreaterThan(1);

    maintain(2);

    assertThat(new TableCare(nights.lake()).dates(Table.PRODUCT_RECOMMENDATIONS))
        .containsExactly(TillNights.asOf(3), TillNights.asOf(2));
    assertThat(files(2)).isEqualTo(1);
    assertThat(fingerprint(2)).isEqualTo(before);
    assertThat(dataFilesOf(scattered)).as("the newest date is left alone").anyMatch(this::exists);
    assertThat(dataFilesOf(scattered)).as("what was joined is gone").anyMatch(f -> !exists(f));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("results.product_recommendations: ", "1 as-of dates dropped", "MiB less");
  }

  @Test
  void aNightThatWritesMeanwhileLosesNothing() {
    nights.night(1, 10);
    scatter(1);
    CompletableFuture<Void> night =
        CompletableFuture.runAsync(
            () -> {
              for (int number = 2; number <= 4; number++) {
                nights.night(number, 10);
              }
            });
    do {
      maintain(2);
    } while (!night.isDone());
    night.join();
    for (int number = 3; number <= 4; number++) {
      assertThat(
              Tables.of(nights.lake(), Table.PRODUCT_RECOMMENDATIONS, TillNights.asOf(number))
                  .count())
          .isEqualTo((TillNights.CUSTOMERS + (long) number) * TillNights.RANKS);
    }
  }

  private void maintain(int keptDates) {
    Settings settings = settings(keptDates);
    new MaintenanceCommand(
            nights.lake(), settings, new Progress(out, IN_A_FORTNIGHT), IN_A_FORTNIGHT)
        .run();
  }

  /** Publishes for BI alone; gives the recommendations' Delta version. */
  private long publish(int number, String run) {
    Publication publication = nights.night(number, 10, run);
    Run with = new Run(run, publication.asOf(), settings(2), "0000000");
    Clock clock = Clock.systemUTC();
    JobReport report =
        new JobRunner(with, nights.lake(), new Progress(out, clock), clock).run(new PublishJob());
    assertThat(report.outcome()).isEqualTo(JobReport.Outcome.OK);
    return nights.lake().version(Table.PRODUCT_RECOMMENDATIONS);
  }

  /** The same rows in many small files. */
  private void scatter(int number) {
    Dataset<Row> rows =
        Tables.of(nights.lake(), Table.PRODUCT_RECOMMENDATIONS, TillNights.asOf(number))
            .drop("as_of_date");
    new LakeWriter(nights.lake())
        .replace(
            Table.PRODUCT_RECOMMENDATIONS, TillNights.asOf(number), rows.repartition(6), Map.of());
  }

  private String fingerprint(int number) {
    return Tables.fingerprint(
        nights.lake(), Table.PRODUCT_RECOMMENDATIONS, TillNights.asOf(number));
  }

  private int files(int number) {
    return Tables.of(nights.lake(), Table.PRODUCT_RECOMMENDATIONS, TillNights.asOf(number))
        .inputFiles()
        .length;
  }

  private List<Row> rows(long version) {
    return nights
        .lake()
        .read(Table.PRODUCT_RECOMMENDATIONS, version)
        .orderBy("as_of_date", "customer_id", "rank")
        .collectAsList();
  }

  private List<String> dataFilesOf(long version) {
    return List.of(nights.lake().read(Table.PRODUCT_RECOMMENDATIONS, version).inputFiles()).stream()
        .map(file -> file.replaceFirst("^file:/+", "/"))
        .toList();
  }

  private boolean exists(String file) {
    return Path.of(file).toFile().exists();
  }

  private static Settings settings(int keptDates) {
    Settings file = TestSettings.read();
    PublishSettings publish = file.publish();
    return new Settings(
        file.lake(),
        file.plan(),
        file.spark(),
        file.sample(),
        file.quality(),
        file.features(),
        file.forecast(),
        file.recommend(),
        file.segment(),
        file.gate(),
        new PublishSettings(2, publish.postgres(), publish.bi()),
        new MaintenanceSettings(keptDates, keptDates, keptDates, keptDates, 64, 168),
        file.report());
  }
}
