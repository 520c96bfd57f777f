package com.posmodern.ai.job.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.config.AnomalyFeedback;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Demand, returns and discounts of the same days, of which people call some ordinary. */
class DemandAnomaliesJobTest {
  private static final String DAYS =
      "level: STORE, store: S1, item: ALL, from: 2026-06-12, until: 2026-06-14";

  @TempDir private Path folder;

  @Test
  void whatIsOrdinaryOfDemandSaysNothingOfReturns() throws IOException {
    assertThat(ordinary("ordinary:\n  - {%s}\n".formatted(DAYS))).containsExactly("DEMAND");
    assertThat(ordinary("ordinary:\n  - {%s, measure: RETURNS}\n".formatted(DAYS)))
        .containsExactly("RETURNS");
  }

  @Test
  void anUnknownMeasureOrKeyAndAMissingOneAreNamed() {
    assertThatThrownBy(() -> ordinary("ordinary:\n  - {%s, measure: WEATHER}\n".formatted(DAYS)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("measure must be DEMAND, RETURNS, DISCOUNTS or PRICE, is WEATHER");
    assertThatThrownBy(() -> ordinary("ordinary:\n  - {%s, why: fair}\n".formatted(DAYS)))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("why must be one of level, store, item, measure, from, until");
    assertThatThrownBy(
            () -> ordinary("ordinary:\n  - {level: STORE, item: ALL, from: 2026-06-12}\n"))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("store must be given");
  }

  private List<String> ordinary(String feedback) throws IOException {
    Path file = Files.writeString(folder.resolve("feedback.yaml"), feedback);
    return SparkTest.session()
        .sql(
            """
            SELECT 'STORE' AS level, 'S1' AS store_id, 'ALL' AS item_id, measure,
              DATE '2026-06-13' AS starts_on, DATE '2026-06-13' AS ends_on
            FROM VALUES ('DEMAND'), ('RETURNS'), ('DISCOUNTS') AS measures(measure)""")
        .where(DemandAnomaliesJob.ordinary(AnomalyFeedback.read(file.toString())))
        .collectAsList()
        .stream()
        .map(row -> row.<String>getAs("measure"))
        .toList();
  }
}
