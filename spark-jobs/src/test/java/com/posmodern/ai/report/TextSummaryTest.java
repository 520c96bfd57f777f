package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TextSummaryTest {
  private static final List<String> LINES = TextSummary.render(SampleNight.full()).lines().toList();

  @Test
  void fitsATerminal() {
    assertThat(LINES).hasSizeLessThanOrEqualTo(45).allMatch(line -> line.length() <= 100);
  }

  @Test
  void saysWhatRanHowGoodAndWhere() {
    assertThat(LINES.get(0)).contains("2026-06-30").contains("ATTENTION");
    assertThat(LINES)
        .anyMatch(line -> line.startsWith("recommend-train") && line.contains("rejected"))
        .anyMatch(
            line ->
                line.contains("WRMSSE")
                    && line.contains("0.612")
                    && line.contains("0.681")
                    && line.contains("-10 %")
                    && line.contains("moving average"))
        .contains(
            "Newest rows before the day's end: reviews over a month, weather_daily 120 h, sales_lines 1 h")
        .anyMatch(line -> line.contains("recall@20") && line.contains("0.187"))
        .anyMatch(line -> line.contains("silhouette") && line.contains("+0.432"))
        .anyMatch(line -> line.contains("results/customer_segments") && line.contains("20,000"));
  }

  @Test
  void absentPartsSayWhy() {
    assertThat(TextSummary.render(SampleNight.empty("no sales")))
        .contains("Jobs not known: no sales")
        .contains("Models not known: no sales")
        .contains("Nothing published: no sales");
  }

  @Test
  void aLineTooLongForTheTerminalIsCut() {
    String message = "x".repeat(200);
    List<String> lines =
        TextSummary.render(SampleNight.of(List.of(SampleNight.job("quality", "failed", message))))
            .lines()
            .toList();

    assertThat(lines).contains("! quality failed: " + "x".repeat(81) + "…");
    assertThat(lines.get(0))
        .isEqualTo("POS Modern AI, night of 2026-06-30: FAILED. Failed: quality.");
  }

  @Test
  void sixNotesAreShownAndTheOthersCounted() {
    List<NightReport.JobRun> skipped =
        IntStream.range(0, 8).mapToObj(i -> SampleNight.job("job" + i, "skipped", "")).toList();
    String summary = TextSummary.render(SampleNight.of(skipped));

    assertThat(summary).contains("! job5 skipped").doesNotContain("! job6");
    assertThat(summary).endsWith("! and 2 more: see the page");
    assertThat(TextSummary.render(SampleNight.of(skipped.subList(0, 6))))
        .contains("! job5 skipped")
        .doesNotContain("more: see the page");
  }
}
