package com.posmodern.ai.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ImplicitAlsTest {
  @Test
  void blocksFollowThePairsAndNothingElse() {
    assertThat(ImplicitAls.blocks(10_000)).isEqualTo(4);
    assertThat(ImplicitAls.blocks(25_000_000)).isEqualTo(5);
    assertThat(ImplicitAls.blocks(1_000_000_000)).isEqualTo(200);
    assertThat(ImplicitAls.blocks(Long.MAX_VALUE)).isEqualTo(1000);
  }
}
