package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.model.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeJudgeTest {
  /** Two groups learnt by hand: spends 0, 10 | 100, 110; each judged customer spends 5 | 105. */
  @Test
  void lossesOfAWorkedExample() {
    double[][] mix = {{1, 0}, {1, 0}, {0, 1}, {0, 1}, {1, 0}, null};
    CustomerOutcomes outcomes =
        new CustomerOutcomes(
            new CustomerSample(List.of(), new double[6][0]),
            new double[] {0, 10, 100, 110, 5, 105},
            mix);
    int[] learn = {0, 1, 2, 3};
    int[] judge = {4, 5};

    GroupPrediction groups =
        GroupPrediction.of(outcomes, new int[] {0, 0, 1, 1, 0, 1}, learn, judge);
    GroupPrediction everybody = GroupPrediction.ofEverybody(outcomes, learn, judge);

    // Means lean on that of all, 55, by five customers: (10 + 275) ÷ 7 and (210 + 275) ÷ 7.
    assertThat(groups.spend()[0]).isCloseTo(Math.pow(5 - 285.0 / 7, 2), within(1e-9));
    assertThat(groups.spend()[1]).isCloseTo(Math.pow(105 - 485.0 / 7, 2), within(1e-9));
    assertThat(everybody.spend()[0]).isCloseTo(2500, within(1e-9));
    // Two mixes of the group, and half of twenty: 12 of 22.
    assertThat(groups.mix()[0]).isCloseTo(-Math.log(12.0 / 22), within(1e-9));
    assertThat(everybody.mix()[0]).isCloseTo(Math.log(2), within(1e-9));
    assertThat(groups.mix()[1]).isNaN();
  }

  @Test
  void segmentsThatSayMoreThanRecencyFrequencyAndMoneyWin() {
    // Who shops in the evening spends ten times as much next, whatever their past amounts.
    OutcomeJudge judge = judge(1);
    int segments = judge.segments(Optional.empty());
    OutcomeJudge.Judged judged = judge.judged(segments);

    assertThat(judged.skill()).isGreaterThan(0.2).isGreaterThan(4 * judged.skillError());
    assertThat(value(judged, "k_means", "next_log_spend_r2"))
        .isGreaterThan(0.5)
        .isGreaterThan(value(judged, "rfm_quintiles", "next_log_spend_r2"))
        .isGreaterThan(value(judged, "rfm_cells", "next_log_spend_r2"));
    assertThat(value(judged, "k_means", "halves_adjusted_rand")).isGreaterThan(0.5);
    assertThat(judge.segments(Optional.of(segments))).isEqualTo(segments);
    assertThat(judge.segments(Optional.of(99))).as("no longer tried").isEqualTo(segments);
  }

  @Test
  void whereNothingPredictsThereIsNoSkillBeyondChance() {
    OutcomeJudge.Judged judged = judge(0).judged(4);

    assertThat(Math.abs(judged.skill())).isLessThan(0.1);
    assertThat(value(judged, "k_means", "next_spend_r2")).isLessThan(0.1);
  }

  private static double value(OutcomeJudge.Judged judged, String candidate, String name) {
    return judged.metrics().stream()
        .filter(m -> m.candidate().equals(candidate) && m.name().equals(name))
        .mapToDouble(Metric::value)
        .findFirst()
        .orElseThrow();
  }

  private static OutcomeJudge judge(double effect) {
    Random random = new Random(5);
    List<SegmentFeature> features = CustomerSample.features(List.of());
    List<double[]> rows = new ArrayList<>();
    double[] spend = new double[800];
    double[][] mix = new double[spend.length][];
    for (int i = 0; i < spend.length; i++) {
      boolean evening = random.nextDouble() < 0.2;
      double[] row = new double[features.size()];
      for (int f = 0; f < row.length; f++) {
        row[f] = random.nextDouble();
      }
      row[features.indexOf(SegmentFeature.named("mean_hour"))] =
          (evening ? 20 : 9) + random.nextGaussian();
      rows.add(row);
      spend[i] = (evening ? 1 + 9 * effect : 1) * (1 + 0.1 * random.nextDouble());
      mix[i] = new double[] {1, 0};
    }
    CustomerOutcomes outcomes =
        new CustomerOutcomes(
            new CustomerSample(features, rows.toArray(double[][]::new)), spend, mix);
    return new OutcomeJudge(outcomes, features, PlantedPersonas.settings());
  }
}
