package com.posmodern.ai.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.report.CampaignReport.ArmResult;
import com.posmodern.ai.report.CampaignReport.CampaignPart;
import com.posmodern.ai.report.CampaignReport.FunnelStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CampaignReportTest {
  private static final ArmResult WITHOUT_INTERVAL = arm(Optional.empty(), Optional.empty());

  @Test
  void theFunnelCountsWhoWentThroughItAndWhoWasSelected() {
    CampaignPart part =
        part(
            List.of(
                new FunnelStep("NO_CONSENT", 400),
                new FunnelStep("SELECTED_A", 130),
                new FunnelStep("SELECTED_CONTROL", 50),
                new FunnelStep("SELECTED_HOLDOUT", 20)),
            List.of());

    assertThat(part.customers()).isEqualTo(600);
    assertThat(part.selected()).isEqualTo(200);
    assertThat(part.funnel())
        .extracting(FunnelStep::label)
        .containsExactly(
            "no consent",
            "selected: variant A",
            "selected: control, no message",
            "selected: global holdout, no message");
  }

  @Test
  void aColumnOfMarginsStandsOnlyWhereOneIsKnown() {
    ArmResult unknown = arm(-1_700, 200);
    assertThat(ArmResult.haveMargins(List.of(unknown, WITHOUT_INTERVAL))).isFalse();
    ArmResult known =
        new ArmResult(
            "B",
            10,
            10,
            5,
            2,
            0,
            0.1,
            100,
            1,
            Optional.of(30.0),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(ArmResult.haveMargins(List.of(unknown, known))).isTrue();
  }

  @Test
  void intervalsShareTheScaleOfTheFarthestEnd() {
    assertThat(part(List.of(), List.of(arm(-1_700, 200), arm(-100, 900), WITHOUT_INTERVAL)).scale())
        .isEqualTo(1_700);
    assertThat(part(List.of(), List.of(arm(-100, 900))).scale()).isEqualTo(900);
    assertThat(part(List.of(), List.of(WITHOUT_INTERVAL)).scale()).isZero();
  }

  @Test
  void anIntervalIsDrawnAroundZeroInTheMiddle() {
    // A scale of 200 fills 94 of the 100 pixels on each side.
    assertThat(IntervalBar.of(-100, 50, 200, 200))
        .contains("aria-label=\"50.0, from -100 to 200\"")
        .contains("M53.0 8H194.0")
        .contains("cx=\"123.5\"");
    assertThat(IntervalBar.of(0, 0, 0, 0)).contains("M100.0 8H100.0").contains("cx=\"100.0\"");
  }

  private static CampaignPart part(List<FunnelStep> funnel, List<ArmResult> arms) {
    return new CampaignPart("win-back", funnel, List.of(), List.of(), List.of(), arms);
  }

  private static ArmResult arm(double lower, double upper) {
    return arm(Optional.of(lower), Optional.of(upper));
  }

  private static ArmResult arm(Optional<Double> lower, Optional<Double> upper) {
    return new ArmResult(
        "A",
        10,
        10,
        5,
        2,
        0,
        0.1,
        100,
        1,
        Optional.empty(),
        lower,
        lower,
        upper,
        Optional.empty(),
        Optional.empty());
  }
}
