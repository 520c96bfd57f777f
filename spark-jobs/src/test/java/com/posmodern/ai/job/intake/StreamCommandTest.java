package com.posmodern.ai.job.intake;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.LiveSettings;
import com.posmodern.ai.config.LiveSettings.Afterwards;
import com.posmodern.ai.contract.Columns;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.job.intake.EventBatch.Step;
import com.posmodern.ai.job.intake.StreamCommand.Until;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.lock.FolderLock;
import com.posmodern.ai.lake.lock.WriterLock;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import io.delta.tables.DeltaTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamCommandTest {

  /** Of one batch. */
  private static final int KILLS = 6;

  /** Of the moment, as a file's age is the file system's. */
  private final Instant now = InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Lake lake;
  private EventFiles files;

  @BeforeEach
  void open() throws IOException {
    lake = new Lake(SparkTest.session(), folder.toString());
    files = new EventFiles(folder);
  }

  @Test
  void eventsOfAllTypesBecomeRowsAndWhatIsWrongIsQuarantined() throws IOException {
    files.land(
        "a.json",
        List.of(
            EventFiles.view(1, now),
            EventFiles.view(1, now),
            EventFiles.sale(2, now),
            EventFiles.review(3, now, "bom"),
            "oops",
            EventFiles.view(4, now).replace("\"version\":1", "\"version\":7")));
    files.land(
        "2026/11/28/10/b.json.gz", List.of(EventFiles.view(5, now), EventFiles.view(1, now)));
    assertThat(run(Afterwards.KEEP, StreamCommandTest::goesOn))
        .isEqualTo("8 events: 4 accepted, 2 repeated, 2 refused");
    assertThat(ids(Table.INTERACTIONS, Columns.INTERACTION_ID))
        .containsExactlyInAnyOrder(EventFiles.id(1), EventFiles.id(5));
    assertThat(ids(Table.SALES_LINES, Columns.SALE_ID)).containsExactly("R2");
    assertThat(ids(Table.REVIEWS, Columns.REVIEW_ID)).containsExactly(EventFiles.id(3));
    assertThat(
            lake.read(Table.QUARANTINE).select(Columns.TABLE_NAME, Columns.REASONS).collectAsList())
        .extracting(row -> row.getString(0) + " " + row.getList(1))
        .containsExactlyInAnyOrder(
            "events/unknown [not_json]", "events/source.interactions [version_unknown]");
  }

  @Test
  void aSecondRunReadsOnlyWhatIsNewAndANewCheckpointTakesNothingTwice() throws IOException {
    files.land("a.json", List.of(EventFiles.view(1, now), EventFiles.sale(2, now)));
    run(Afterwards.KEEP, StreamCommandTest::goesOn);
    files.land("b.json", List.of(EventFiles.view(3, now)));
    assertThat(run(Afterwards.KEEP, StreamCommandTest::goesOn))
        .isEqualTo("1 events: 1 accepted, 0 repeated, 0 refused");
    delete(folder.resolve("events/checkpoint"));
    assertThat(run(Afterwards.KEEP, StreamCommandTest::goesOn))
        .isEqualTo("3 events: 0 accepted, 3 repeated, 0 refused");
    files.land("c.json", List.of(EventFiles.view(4, now)));
    // Its batch has the number of one that the former checkpoint wrote.
    assertThat(run(Afterwards.KEEP, StreamCommandTest::goesOn))
        .isEqualTo("1 events: 1 accepted, 0 repeated, 0 refused");
    assertThat(ids(Table.INTERACTIONS, Columns.INTERACTION_ID))
        .containsExactlyInAnyOrder(EventFiles.id(1), EventFiles.id(3), EventFiles.id(4));
  }

  @Test
  void filesThatWereReadAreRemoved() throws Exception {
    files.land("a.json", List.of(EventFiles.view(1, now)));
    run(Afterwards.DELETE, StreamCommandTest::goesOn);
    files.land("b.json", List.of(EventFiles.view(2, now)));
    run(Afterwards.DELETE, StreamCommandTest::goesOn);
    // Spark removes the files of a batch when the next one begins, in a thread of its own.
    Path first = files.folder().resolve("a.json");
    for (int tries = 0; Files.exists(first) && tries < 50; tries++) {
      Thread.sleep(100);
    }
    assertThat(first).doesNotExist();
    assertThat(ids(Table.INTERACTIONS, Columns.INTERACTION_ID)).hasSize(2);
  }

  @Test
  void compactionDoesNotDisturbTheStream() throws IOException {
    for (int batch = 0; batch < 3; batch++) {
      files.land("a%d.json".formatted(batch), List.of(EventFiles.view(batch, now)));
      run(
          Afterwards.KEEP,
          step -> {
            if (step == Step.COUNTED && lake.exists(Table.INTERACTIONS)) {
              DeltaTable.forPath(lake.spark(), lake.location(Table.INTERACTIONS))
                  .optimize()
                  .executeCompaction();
            }
          });
    }
    files.land("again.json", List.of(EventFiles.view(0, now)));
    assertThat(run(Afterwards.KEEP, StreamCommandTest::goesOn))
        .isEqualTo("1 events: 0 accepted, 1 repeated, 0 refused");
    assertThat(ids(Table.INTERACTIONS, Columns.INTERACTION_ID)).hasSize(3);
  }

  @Test
  void killsLoseNothingAndTakeNothingTwice() throws IOException {
    kill(2);
  }

  @Test
  @Tag("slow")
  void aHundredKillsLoseNothingAndTakeNothingTwice() throws IOException {
    kill(17);
  }

  /** Each batch dies at each boundary and twice more, and is then finished: six kills. */
  private void kill(int batches) throws IOException {
    SplittableRandom random = new SplittableRandom(20261128);
    List<Step> boundaries = List.of(Step.values());
    int landed = 0;
    int repeated = 0;
    int refused = 0;
    List<String> expected = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      List<String> lines = new ArrayList<>();
      for (int event = 0; event < 4; event++) {
        lines.add(EventFiles.view(landed, now.plusMillis(landed)));
        expected.add(EventFiles.id(landed));
        landed++;
      }
      lines.add(lines.get(random.nextInt(4)));
      lines.add("broken");
      repeated++;
      refused++;
      files.land("f%05d.json".formatted(landed), lines);
      List<Step> deaths = new ArrayList<>(boundaries);
      while (deaths.size() < KILLS) {
        deaths.add(boundaries.get(random.nextInt(boundaries.size())));
      }
      Collections.shuffle(deaths, new Random(batch));
      for (Step at : deaths) {
        assertThatThrownBy(() -> run(Afterwards.KEEP, dyingAt(at)))
            .hasStackTraceContaining("killed");
      }
      run(Afterwards.KEEP, StreamCommandTest::goesOn);
    }
    assertThat(ids(Table.INTERACTIONS, Columns.INTERACTION_ID))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(lake.read(Table.QUARANTINE).count()).isEqualTo(refused);
    Row ledger =
        lake.read(Table.EVENT_BATCHES)
            .agg(
                sum(Columns.EVENTS),
                sum(Columns.ACCEPTED_EVENTS),
                sum(Columns.REPEATED_EVENTS),
                sum(Columns.REFUSED_EVENTS))
            .head();
    assertThat(List.of(ledger.get(0), ledger.get(1), ledger.get(2), ledger.get(3)))
        .isEqualTo(
            Stream.of(landed + repeated + refused, landed, repeated, refused)
                .map(Integer::longValue)
                .toList());
  }

  @Test
  void aNightWaitsForTheBatchAndTheBatchForTheNight() throws Exception {
    WriterLock batch = FolderLock.takeForBatch(folder.toString(), now);
    CompletableFuture<WriterLock> night =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return FolderLock.take(folder.toString(), "nightly", now);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    Thread.sleep(300);
    assertThat(night).isNotDone();
    batch.close();
    try (WriterLock held = night.join()) {
      held.requireHeld();
      assertThatThrownBy(() -> FolderLock.take(folder.toString(), "maintain", now))
          .hasMessageContaining("nightly");
    }
    FolderLock.takeForBatch(folder.toString(), now).close();
  }

  @Test
  void itRunsUntilItIsStopped() throws Exception {
    StreamCommand command = command(Afterwards.KEEP, StreamCommandTest::goesOn);
    CompletableFuture<String> done =
        CompletableFuture.supplyAsync(() -> command.run(Until.STOPPED));
    files.land("a.json", IntStream.range(0, 10).mapToObj(n -> EventFiles.view(n, now)).toList());
    for (int tries = 0;
        !said.toString(StandardCharsets.UTF_8).contains("batch 0") && tries < 300;
        tries++) {
      Thread.sleep(100);
    }
    command.stop();
    assertThat(done.join()).isEqualTo("10 events: 10 accepted, 0 repeated, 0 refused");
  }

  private static void goesOn(Step step) {
    assertThat(step).isNotNull();
  }

  private static Consumer<Step> dyingAt(Step last) {
    return step -> {
      if (step == last) {
        throw new IllegalStateException("killed");
      }
    };
  }

  private String run(Afterwards afterwards, Consumer<Step> steps) {
    return command(afterwards, steps).run(Until.ALL_READ);
  }

  private StreamCommand command(Afterwards afterwards, Consumer<Step> steps) {
    LiveSettings shipped = TestSettings.read().live();
    LiveSettings settings =
        new LiveSettings(
            shipped.source(),
            1,
            shipped.lateHours(),
            shipped.futureMinutes(),
            new LiveSettings.Files("", shipped.files().mostMib(), afterwards),
            shipped.kafka(),
            shipped.watch());
    return new StreamCommand(
        lake,
        settings,
        () -> WriterLock.NONE,
        folder.resolve("reports").toString(),
        java.util.Optional.empty(),
        java.util.Optional.empty(),
        new PrintStream(said, true, StandardCharsets.UTF_8),
        InstantSource.system(),
        steps);
  }

  private List<String> ids(Table table, String column) {
    Dataset<Row> rows = lake.read(table).select(functions.col(column));
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
