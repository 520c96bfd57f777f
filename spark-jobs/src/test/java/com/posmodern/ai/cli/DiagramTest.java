package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.job.Jobs;
import com.posmodern.ai.testing.GeneratedFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/** {@code docs/tables-and-jobs.md}: what {@code describe --mermaid} prints, as a page. */
class DiagramTest {
  @Test
  void theDrawingInTheDocumentationIsCurrent() throws IOException {
    GeneratedFile.assertFresh(
        "docs/tables-and-jobs.md",
        """
        # Tables and jobs

        Printed by `scripts/pos describe --mermaid`; DiagramTest fails when it is stale. A dashed arrow is an optional
        input. The ledgers (`ops`), to which nearly every job writes, are left out.

        ```mermaid
        %s```
        """
            .formatted(drawn()));
  }

  @Test
  void optionalInputsAreDashed() {
    assertThat(drawn())
        .contains("  sales_lines --> job_quality\n", "  products --> job_quality\n")
        .contains("  inventory_daily -.-> job_replenishment\n")
        .contains("  job_replenishment --> replenishment_advice\n")
        .doesNotContain("pipeline_runs");
  }

  private static String drawn() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new Commands(
            Jobs.catalogue(),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            Clock.systemUTC())
        .run(
            new CommandLine(Jobs.catalogue().values())
                .parse(new String[] {"describe", "--mermaid"})
                .orElseThrow());
    return printed.toString(StandardCharsets.UTF_8);
  }
}
