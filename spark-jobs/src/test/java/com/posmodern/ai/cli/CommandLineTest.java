package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.job.Jobs;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
  @Test
  void readsTheNightsOptions() {
    Invocation invocation =
        parse(
                "nightly",
                "--as-of",
                "2026-06-30",
                "--lake",
                "s3a://b/l",
                "--stores",
                "S01,S02",
                "--only",
                "quality,publish")
            .orElseThrow();
    assertThat(invocation.command()).isEqualTo("nightly");
    assertThat(invocation.asOf()).contains(LocalDate.of(2026, 6, 30));
    assertThat(invocation.lake()).contains("s3a://b/l");
    assertThat(invocation.stores()).containsExactly("S01", "S02");
    assertThat(invocation.only()).containsExactly("quality", "publish");
  }

  @Test
  void everyJobIsASubcommand() {
    for (String job : Jobs.catalogue().keySet()) {
      assertThat(parse(job).orElseThrow().command()).isEqualTo(job);
    }
  }

  @Test
  void publishGoesBackToAPublication() {
    assertThat(parse("publish", "--to", "20260630_a").orElseThrow().to()).contains("20260630_a");
    assertThat(parse("publish").orElseThrow().to()).isEmpty();
    assertThat(parse("publications").orElseThrow().command()).isEqualTo("publications");
  }

  @Test
  void importTakesSeveralInputs() {
    Invocation invocation =
        parse("import", "--mapping", "m.yaml", "--input", "a=1.csv", "--input", "b=2.csv")
            .orElseThrow();
    assertThat(invocation.inputs()).containsEntry("a", "1.csv").containsEntry("b", "2.csv");
  }

  @Test
  void helpIsNoInvocation() {
    assertThat(parse("--help")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--bogus, bogus",
    "nightlyy, nightlyy",
    "'', no command",
    "nightly --as-of 30/06/2026, 30/06/2026",
    "import, --mapping",
    "import --mapping m --input nameless, name=path",
    "arrivals, --as-of",
    "arrivals --as-of 2026-06-30 --least-share 90, 90"
  })
  void wrongUsageIsOneClearLine(String arguments, String says) {
    String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
    assertThatThrownBy(() -> parse(words))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(says)
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  private static Optional<Invocation> parse(String... arguments) {
    return new CommandLine(Jobs.catalogue().values()).parse(arguments);
  }
}
