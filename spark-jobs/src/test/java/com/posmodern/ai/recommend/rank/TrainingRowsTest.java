package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingRowsTest {
  private static final int[] BOUGHT = {3, 70};

  private static Candidates candidates(int size) {
    return new Candidates(
        0, 1, IntStream.range(0, size).toArray(), new float[size * PairFeature.COUNT]);
  }

  @Test
  void withoutADrawEveryCandidateCountsOnce() {
    TrainingRows rows = TrainingRows.ofAll(candidates(100), BOUGHT, Exposures.Shown.NOTHING);

    assertThat(rows.size()).isEqualTo(100);
    assertThat(rows.purchases()).isEqualTo(2);
    assertThat(rows.labels()[70]).isEqualTo(1);
    assertThat(rows.weights()).containsOnly(1);
    assertThat(rows.groups()).containsExactly(100);
  }

  @Test
  void aDrawKeepsEveryPurchaseAndAThirdOfTheOthersForThree() {
    TrainingRows rows = TrainingRows.of(candidates(9_000), BOUGHT, Exposures.Shown.NOTHING, 5);

    assertThat(rows.purchases()).isEqualTo(2);
    assertThat(rows.size()).isBetween(2_800, 3_200);
    double weight = 0;
    for (float one : rows.weights()) {
      weight += one;
    }
    assertThat(weight).isBetween(8_400.0, 9_600.0);
  }
}
