package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdjustedRandTest {
  @Test
  void samePartitionUnderOtherNamesIsOne() {
    assertThat(AdjustedRand.index(List.of(1, 1, 2, 2, 3), List.of("c", "c", "a", "a", "b")))
        .isEqualTo(1);
  }

  @Test
  void knownExample() {
    // Hubert and Arabie's formula by hand: cells {2, 1, 3}: 4 pairs; rows {3, 3}: 6; columns {2,
    // 4}: 7.
    assertThat(AdjustedRand.index(List.of(1, 1, 1, 2, 2, 2), List.of(1, 1, 2, 2, 2, 2)))
        .isCloseTo((4 - 6 * 7 / 15.0) / (6.5 - 6 * 7 / 15.0), within(1e-12));
  }

  @Test
  void onePartitionWithAllInOneIsChance() {
    assertThat(AdjustedRand.index(List.of(1, 1, 2, 2), List.of(1, 1, 1, 1))).isZero();
  }
}
