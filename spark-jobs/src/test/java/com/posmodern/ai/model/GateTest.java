package com.posmodern.ai.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.GateSettings;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final int MAX_AGE = 28;
  private static final GateSettings SETTINGS = new GateSettings(0.05, MAX_AGE);
  private static final Optional<Champion> CHAMPION =
      Optional.of(new Champion("forecast-1", LocalDate.of(2026, 1, 1), 0.30));

  private static Gate.Verdict judge(double skill, double error, Optional<Champion> champion) {
    return Gate.judge(
        new Evaluation("m", Map.of(), List.of(), skill, error, ""), champion, SETTINGS);
  }

  @Test
  void aCandidateThatLosesToTheBaselineIsRejected() {
    Gate.Verdict verdict = judge(-0.01, 0.004, Optional.empty());
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).contains("1.0 % worse than the baseline", "errors are 0.8 %");
  }

  @Test
  void aLossThatChanceExplainsIsAccepted() {
    Gate.Verdict verdict = judge(-0.01, 0.006, Optional.empty());
    assertThat(verdict.accepted()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo("accepted: as good as the baseline, 1.0 % worse by chance");
  }

  @Test
  void theFirstCandidateNeedsOnlyToEqualTheBaseline() {
    assertThat(judge(0, 0, Optional.empty()))
        .isEqualTo(new Gate.Verdict(true, "accepted: 0.0 % better than the baseline"));
    assertThat(judge(0.125, 0, Optional.empty()))
        .isEqualTo(new Gate.Verdict(true, "accepted: 12.5 % better than the baseline"));
  }

  @Test
  void aLossToTheChampionWithinTheToleranceIsAccepted() {
    assertThat(judge(0.26, 0, CHAMPION).accepted()).isTrue();
    assertThat(judge(0.30 - 0.05, 0, CHAMPION).accepted()).isTrue();
  }

  @Test
  void aLossToTheChampionBeyondTheToleranceIsRejectedByName() {
    Gate.Verdict verdict = judge(0.24, 0, CHAMPION);
    assertThat(verdict.accepted()).isFalse();
    assertThat(verdict.reason()).contains("0.240", "0.300", "forecast-1");
    // Twice 0.04 explains it.
    assertThat(judge(0.24, 0.04, CHAMPION).accepted()).isTrue();
  }

  @Test
  void aChampionBeyondItsAgeIsHeldAgainstNobody() {
    Champion old = new Champion("forecast-1", LocalDate.of(2026, 1, 1), Double.NaN);
    assertThat(judge(0.01, 0, Optional.of(old)).accepted()).isTrue();
  }

  @Test
  void aSimpleMethodThatStandsInIsAcceptedWhateverTheChampionDid() {
    Evaluation standIn =
        new Evaluation("m", Map.of(), List.of(), 0, 0, "weekday_mean stands in, as trees lost");
    Gate.Verdict verdict = Gate.judge(standIn, CHAMPION, SETTINGS);
    assertThat(verdict.accepted()).isTrue();
    assertThat(verdict.reason()).isEqualTo("accepted: weekday_mean stands in, as trees lost");
  }

  @Test
  void aCandidateClearlyWorseThanAKeptVersionOnTheSameRowsIsRejectedInOneLine() {
    assertThat(beside(-0.10, 0.02).reason())
        .isEqualTo(
            "rejected: 10.0 % worse than m-1 on tonight's holdout, two standard errors are 4.0 %");
    assertThat(beside(-0.10, 0.06).accepted()).as("chance explains it").isTrue();
    assertThat(beside(-0.04, 0.001).accepted()).as("within the tolerance").isTrue();
    assertThat(beside(0.10, 0.02).accepted()).isTrue();
    assertThat(beside(Double.NaN, 0).accepted()).as("the kept version hit nothing").isTrue();
  }

  private static Gate.Verdict beside(double gain, double error) {
    return Gate.judge(
        new Evaluation(
            "m",
            Map.of(),
            List.of(),
            0.3,
            0,
            "",
            Optional.of(new Evaluation.Paired("m-1", gain, error))),
        Optional.empty(),
        SETTINGS);
  }

  @Test
  void aSkillThatCouldNotBeMeasuredIsRejected() {
    assertThat(judge(Double.NaN, 0, CHAMPION).accepted()).isFalse();
  }

  /** Nights on which the candidate was rejected, out of a year. */
  private static int rejected(IntToDoubleFunction skill, double error) {
    Deque<double[]> accepted = new ArrayDeque<>();
    int rejected = 0;
    for (int night = 0; night < 365; night++) {
      int oldest = night - MAX_AGE;
      double recent =
          accepted.stream()
              .filter(version -> version[0] >= oldest)
              .mapToDouble(version -> version[1])
              .average()
              .orElse(Double.NaN);
      Optional<Champion> champion =
          accepted.isEmpty()
              ? Optional.empty()
              : Optional.of(new Champion("v", LocalDate.EPOCH, recent));
      double tonight = skill.applyAsDouble(night);
      if (judge(tonight, error, champion).accepted()) {
        accepted.addFirst(new double[] {night, tonight});
      } else {
        rejected++;
      }
    }
    return rejected;
  }

  @Test
  void noiseAloneRejectsAtMostOneNightInTwenty() {
    for (double noise : new double[] {0.01, 0.04, 0.1}) {
      Random random = new Random(5);
      assertThat(rejected(night -> 0.3 + noise * random.nextGaussian(), noise))
          .isLessThanOrEqualTo(365 / 20);
    }
  }

  @Test
  void aLuckyNightDoesNotLockItsChampionIn() {
    assertThat(rejected(night -> night == 10 ? 0.6 : 0.3, 0.01)).isLessThanOrEqualTo(1);
  }

  @Test
  void manySmallStepsDownAreStopped() {
    // 0.4 points a night: every step is far within the tolerance.
    assertThat(rejected(night -> 2 - 0.004 * night, 0.01)).isGreaterThan(20);
  }

  /** Days held out: a version from before them is compared on tonight's holdout. */
  private static final int HOLDOUT = 28;

  /**
   * Nights of a year on which a candidate was rejected, where every candidate is also compared with
   * the newest version accepted before the holdout. Chance that moves both by the same, as a hard
   * month does, is in the skill and not in the paired difference.
   *
   * @param quality skill that a version trained on that night would have on any night
   * @param common standard deviation of what moves all versions by the same
   * @param own standard deviation, and standard error, of the paired difference
   */
  private static int rejectedBeside(
      IntToDoubleFunction quality, double common, double own, long seed) {
    Random random = new Random(seed);
    Deque<double[]> accepted = new ArrayDeque<>();
    int rejected = 0;
    for (int night = 0; night < 365; night++) {
      int tonight = night;
      double trained = quality.applyAsDouble(night);
      double skill = trained + common * random.nextGaussian();
      double luck = own * random.nextGaussian();
      double recent =
          accepted.stream()
              .filter(version -> version[0] >= tonight - MAX_AGE)
              .mapToDouble(version -> version[1])
              .average()
              .orElse(Double.NaN);
      Optional<Evaluation.Paired> former =
          accepted.stream()
              .filter(version -> version[0] <= tonight - HOLDOUT)
              .findFirst()
              .filter(version -> version[0] >= tonight - HOLDOUT - MAX_AGE)
              // Errors are 1 - skill of the baseline's: gain is one minus their ratio.
              .map(
                  version ->
                      new Evaluation.Paired("v", 1 - (1 - trained) / (1 - version[2]) + luck, own));
      Optional<Champion> champion =
          accepted.isEmpty()
              ? Optional.empty()
              : Optional.of(new Champion("v", LocalDate.EPOCH, recent));
      Evaluation evaluation =
          new Evaluation("forecast", Map.of(), List.of(), skill, common, "", former);
      if (Gate.judge(evaluation, champion, SETTINGS).accepted()) {
        accepted.addFirst(new double[] {night, skill, trained});
      } else {
        rejected++;
      }
    }
    return rejected;
  }

  @Test
  void noiseRejectsAtMostOneNightInTwentyBesideAFormerVersion() {
    for (double noise : new double[] {0.01, 0.04, 0.1}) {
      int rejected = 0;
      for (long year = 0; year < 10; year++) {
        rejected += rejectedBeside(night -> 0.3, noise, noise, year);
      }
      assertThat(rejected).as("in ten years of noise %s", noise).isLessThanOrEqualTo(3650 / 20);
    }
  }

  @Test
  void aVersionThatWasBetterOnOneNightIsNotKeptForMonths() {
    // Really better, and not only judged so: the hardest to be held against.
    assertThat(rejectedBeside(night -> night == 10 ? 0.6 : 0.3, 0.01, 0.01, 1))
        .isLessThanOrEqualTo(3);
  }

  @Test
  void aDriftTooSlowForTheMeanOfLatelyIsStoppedBesideAFormerVersion() {
    // 0.25 points a night: 3.5 points below the mean of 28 days, within the tolerance.
    IntToDoubleFunction drift = night -> 0.9 - 0.0025 * night;
    assertThat(rejected(drift, 0.01)).as("by the mean alone").isZero();
    assertThat(rejectedBeside(drift, 0.01, 0.01, 2)).isGreaterThan(100);
  }

  @Test
  void aStandInClearlyWorseThanAKeptVersionIsRejected() {
    Evaluation standIn =
        new Evaluation(
            "m",
            Map.of(),
            List.of(),
            0,
            0,
            "weekday_mean stands in",
            Optional.of(new Evaluation.Paired("m-1", -0.2, 0.02)));
    assertThat(Gate.judge(standIn, Optional.empty(), SETTINGS).reason())
        .startsWith("rejected: 20.0 % worse than m-1 on tonight's holdout");
  }
}
