package com.posmodern.ai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.GeneratedFile;
import java.io.IOException;
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
            .formatted(Described.as("--mermaid")));
  }

  @Test
  void optionalInputsAreDashed() {
    assertThat(Described.as("--mermaid"))
        .contains("  sales_lines --> job_quality\n", "  products --> job_quality\n")
        .contains("  inventory_daily -.-> job_replenishment\n")
        .contains("  job_replenishment --> replenishment_advice\n")
        .doesNotContain("pipeline_runs");
  }
}
