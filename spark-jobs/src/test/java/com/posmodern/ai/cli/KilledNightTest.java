package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.JobReport;
import com.posmodern.ai.night.JobReport.Outcome;
import com.posmodern.ai.testing.ChildJvm;
import com.posmodern.ai.testing.Nights;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.Tables;
import com.posmodern.ai.testing.TestSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in a process of its own, killed with SIGKILL; run again, it gives what it gives on a
 * lake where nothing was ever killed. {@code scripts/chaos 200} kills more often than a test run.
 */
@Tag("slow")
class KilledNightTest {
  private static final String[] JOBS = {"quality", "daily-demand", "product-features"};

  private static final String[] WITH_PUBLICATION = {
    "quality", "daily-demand", "product-features", "popular-products", "publish"
  };
  private static final List<Table> WRITTEN =
      List.of(
          Table.ACCEPTED_SALES, Table.DAILY_DEMAND, Table.PRODUCT_FEATURES, Table.POPULAR_PRODUCTS);

  private static final int KILLS = Integer.getInteger("chaos.kills", 3);
  private static final long SEED = Long.getLong("chaos.seed", 20L);

  private static final int EVENTS = 5_000;

  @TempDir Path folder;

  @Test
  void aNightKilledInTheMiddleOfAJobIsMadeGoodByRunningItAgain() throws IOException {
    LocalDate asOf = LocalDate.parse(TestSettings.read().sample().lastDay());
    Lake lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    Nights.sample(lake);
    Lake unharmed = new Lake(SparkTest.session(), folder.resolve("unharmed").toString());
    Nights.copySources(lake, unharmed);

    killWhenItSays("writing features.daily_demand", asOf);
    assertOk(Nights.run(lake, asOf, JOBS));
    assertThat(Tables.of(lake, Table.DAILY_DEMAND, asOf).count()).isPositive();
    String afterCrash = Tables.fingerprint(lake, Table.DAILY_DEMAND, asOf);
    String featuresAfterCrash = Tables.fingerprint(lake, Table.PRODUCT_FEATURES, asOf);

    assertOk(Nights.run(unharmed, asOf, JOBS));
    assertThat(Tables.fingerprint(unharmed, Table.DAILY_DEMAND, asOf)).isEqualTo(afterCrash);
    assertThat(Tables.fingerprint(unharmed, Table.PRODUCT_FEATURES, asOf))
        .isEqualTo(featuresAfterCrash);
  }

  @Test
  void killedAtAnyMomentNoReaderSeesAHalfAndRunAgainAllIsThere() throws Exception {
    LocalDate asOf = LocalDate.parse(TestSettings.read().sample().lastDay());
    Lake lake = new Lake(SparkTest.session(), folder.resolve("lake").toString());
    Nights.sample(lake);
    Lake unharmed = new Lake(SparkTest.session(), folder.resolve("unharmed").toString());
    Nights.copySources(lake, unharmed);
    assertThat(Nights.run(unharmed, asOf, WITH_PUBLICATION))
        .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.OK));
    long events = lake.read(Table.CALENDAR).count();

    Random random = new Random(SEED);
    int nights = 0;
    int imports = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      if (kill % 2 == 0) {
        nights += killed(night(asOf), 1 + random.nextInt(16), random.nextInt(700));
      } else {
        imports += killed(importOfEvents(), 1, random.nextInt(8_000));
      }
      for (Table table : WRITTEN) {
        assertThat(seen(lake, table, asOf))
            .as("%s after kill %d", table, kill + 1)
            .isIn("nothing", seen(unharmed, table, asOf));
      }
      assertThat(lake.read(Table.CALENDAR).count()).isIn(events, (long) EVENTS);
    }

    assertThat(ChildJvm.start(Main.class, importOfEvents()).waitFor()).isZero();
    assertThat(new Lake(SparkTest.session(), lake.root()).read(Table.CALENDAR).count())
        .isEqualTo(EVENTS);
    assertThat(Nights.run(lake, asOf, WITH_PUBLICATION))
        .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.OK));
    for (Table table : WRITTEN) {
      assertThat(seen(lake, table, asOf)).isEqualTo(seen(unharmed, table, asOf));
    }
    System.out.printf(
        "chaos: %d kills (%d nights with their publication, %d imports) of %d begun, seed %d; no half was seen, and the run after them equals the undisturbed one%n",
        nights + imports, nights, imports, KILLS, SEED);
  }

  /** The rows of the date as a reader finds them now. */
  private static String seen(Lake lake, Table table, LocalDate asOf) {
    Lake reader = new Lake(SparkTest.session(), lake.root());
    if (!reader.exists(table)) {
      return "nothing";
    }
    String found = Tables.fingerprint(reader, table, asOf);
    return found.startsWith("0 rows") ? "nothing" : found;
  }

  private List<String> night(LocalDate asOf) {
    return List.of(
        "nightly",
        "--only",
        String.join(",", WITH_PUBLICATION),
        "--as-of",
        asOf.toString(),
        "--lake",
        folder.resolve("lake").toString(),
        "--conf",
        TestSettings.file().toString());
  }

  private List<String> importOfEvents() throws IOException {
    StringBuilder rows = new StringBuilder("day,name\n");
    for (int i = 0; i < EVENTS; i++) {
      rows.append(LocalDate.of(2015, 1, 1).plusDays(i)).append(",Feira ").append(i).append('\n');
    }
    Files.writeString(folder.resolve("events.csv"), rows);
    Path mapping =
        Files.writeString(
            folder.resolve("events.yaml"),
            """
            description: events
            sources:
              events:
                csv: {delimiter: ",", quote: '"', escape: '"', encoding: UTF-8, header: [], multi_line: false, decimal_separator: ".", thousands_separator: "", null_words: []}
                columns:
                  day: {from: day, type: date, formats: [yyyy-MM-dd]}
                  name: {from: name, type: string}
                derived: {}
            targets:
              calendar:
                source: events
                one_row_per_key: false
                rules: {}
                columns: {region: {constant: ALL}, calendar_date: day, event_name: name, kind: {constant: commercial_event}}
            """);
    return List.of(
        "import",
        "--mapping",
        mapping.toString(),
        "--input",
        "events=" + folder.resolve("events.csv"),
        "--lake",
        folder.resolve("lake").toString(),
        "--conf",
        TestSettings.file().toString());
  }

  /** Kills the program so long after so many lines; 0 where it had ended by then, else 1. */
  private static int killed(List<String> arguments, int lines, int milliseconds) throws Exception {
    Process process = ChildJvm.start(Main.class, arguments);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int read = 0;
      while (read < lines && out.readLine() != null) {
        read++;
      }
      Thread.sleep(milliseconds);
      boolean alive = process.isAlive();
      process.destroyForcibly().waitFor();
      return alive ? 1 : 0;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aMissingLakeIsBadDataInOneLine() throws Exception {
    Process process =
        ChildJvm.start(
            Main.class, List.of("nightly", "--lake", folder.resolve("nowhere").toString()));
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(printed).contains("error: source.sales_lines at", "nowhere", "the table is missing");
  }

  private static void assertOk(List<JobReport> reports) {
    assertThat(reports)
        .hasSize(JOBS.length)
        .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.OK));
  }

  private void killWhenItSays(String words, LocalDate asOf) throws IOException {
    Process process =
        ChildJvm.start(
            Main.class,
            List.of(
                "nightly",
                "--only",
                String.join(",", JOBS),
                "--as-of",
                asOf.toString(),
                "--lake",
                folder.resolve("lake").toString(),
                "--conf",
                TestSettings.file().toString()));
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
        if (line.contains(words)) {
          process.destroyForcibly();
          return;
        }
      }
      throw new AssertionError("it never said '" + words + "' but " + lines);
    } finally {
      process.onExit().join();
    }
  }
}
