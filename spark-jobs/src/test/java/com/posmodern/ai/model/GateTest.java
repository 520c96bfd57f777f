package com.posmodern.ai.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.GateSettings;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final GateSettings SETTINGS = new GateSettings(0.05);
  private static final Optional<Champion> CHAMPION =
      Optional.of(new Champion("forecast-1", LocalDate.of(2026, 1, 1), 0.30));

  @Test
  void aCandidateThatLosesToTheBaselineIsRejected() {
    Gate.Verdict verdict = Gate.judge(-0.01, Optional.empty(), SETTINGS);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).contains("1.0 % worse than the baseline");
  }

  @Test
  void theFirstCandidateNeedsOnlyToEqualTheBaseline() {
    assertThat(Gate.judge(0, Optional.empty(), SETTINGS).accepted()).isTrue();
  }

  @Test
  void aLossToTheChampionWithinTheToleranceIsAccepted() {
    assertThat(Gate.judge(0.26, CHAMPION, SETTINGS).accepted()).isTrue();
  }

  @Test
  void aLossToTheChampionBeyondTheToleranceIsRejectedByName() {
    Gate.Verdict verdict = Gate.judge(0.24, CHAMPION, SETTINGS);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).contains("0.240", "0.300", "forecast-1");
  }

  @Test
  void aSkillThatCouldNotBeMeasuredIsRejected() {
    assertThat(Gate.judge(Double.NaN, CHAMPION, SETTINGS).accepted()).isFalse();
  }
}
