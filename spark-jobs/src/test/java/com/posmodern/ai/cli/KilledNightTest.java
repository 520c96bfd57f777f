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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program in a process of its own, killed with SIGKILL; run again, it gives what it gives on a
 * lake where nothing was ever killed. {@link com.posmodern.ai.chaos.ChaosTest} kills at random.
 */
@Tag("slow")
class KilledNightTest {
  private static final String[] JOBS = {"quality", "daily-demand", "product-features"};

  @TempDir Path folder;

  @Test
  void aNightKilledInTheMiddleOfAJobIsMadeGoodByRunningItAgain() throws IOException {
    LocalDate asOf = LocalDate.parse(TestSettings.read().sample().lastDay());
    Lake lake = new Lake(SparkTest.session(), root("lake"));
    Nights.sample(lake);
    Lake unharmed = new Lake(SparkTest.session(), root("unharmed"));
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
  void aMissingLakeIsBadDataInOneLine() throws Exception {
    Process process = ChildJvm.start(Main.class, List.of("nightly", "--lake", root("nowhere")));
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(3);
    assertThat(printed).contains("error: source.sales_lines at", "nowhere", "the table is missing");
  }

  private String root(String name) {
    return folder.resolve(name).toString();
  }

  private static void assertOk(List<JobReport> reports) {
    assertThat(reports)
        .hasSize(JOBS.length)
        .allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.OK));
  }

  private void killWhenItSays(String words, LocalDate asOf) throws IOException {
    Path settings =
        Files.writeString(
            folder.resolve("settings.yaml"),
            "extends: %s%n%s".formatted(TestSettings.file(), TestSettings.SHORT_LIVED));
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
                root("lake"),
                "--conf",
                settings.toString()));
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
