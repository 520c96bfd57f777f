package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedRecallTest {
  /** Recalls of 1, 0.5 and 0 beside 0.5, 0.5 and 0. */
  @Test
  void gainAndErrorOfAWorkedExample() {
    PairedRecall pairs = new PairedRecall();
    add(pairs, new int[] {1, 2}, new int[] {1, 9}, new int[] {1, 2});
    add(pairs, new int[] {3}, new int[] {3}, new int[] {3, 4});
    add(pairs, new int[] {5}, new int[] {6}, new int[] {7});
    add(pairs, new int[] {5}, new int[] {6}, new int[] {});

    assertThat(pairs.gain("ours", "former")).isCloseTo(0.5 / (1.0 / 3) - 1, within(1e-9));
    // Residuals 1 - 1.5 × 0.5, 0.5 - 1.5 × 0.5 and 0; two degrees of freedom; a mean of a third.
    assertThat(pairs.error("ours", "former"))
        .isCloseTo(Math.sqrt((0.0625 + 0.0625) / 2 / 3) * 3, within(1e-9));
    assertThat(pairs.error("ours", "ours")).isZero();
    assertThat(pairs.gain("ours", "absent")).isNaN();
  }

  private static void add(PairedRecall pairs, int[] ours, int[] former, int[] relevant) {
    pairs.add("ours", ours, relevant);
    pairs.add("former", former, relevant);
  }
}
