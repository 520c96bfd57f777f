package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DrawsTest {
  /** The first number of SplitMix64 from seed 0, as its authors print it. */
  @Test
  void mixesAsTheAuthorsDo() {
    assertThat(Draws.mix(Draws.GOLDEN)).isEqualTo(0xE220A8397B1DCDAFL);
    assertThat(Draws.mix(0)).isZero();
  }

  @Test
  void uniformIsFromZeroToUnderOne() {
    assertThat(Draws.uniform(0)).isZero();
    assertThat(Draws.uniform(-1)).isLessThan(1).isGreaterThan(1 - 1e-15);
  }
}
