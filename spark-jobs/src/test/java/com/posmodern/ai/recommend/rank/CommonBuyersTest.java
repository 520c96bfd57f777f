package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommonBuyersTest {
  /** Customer 0 bought products 0, 1 and 2; customer 1 bought 0 and 2; 2 bought 1; 3 nothing. */
  private static final List<int[]> BASKETS =
      List.of(new int[] {0, 1, 2}, new int[] {0, 2}, new int[] {1}, new int[] {});

  private final CommonBuyers common = new CommonBuyers(Postings.of(BASKETS, 4), BASKETS.size());

  @Test
  void countsTheBuyersOfEachTwo() {
    common.read(new int[] {2, 1});
    assertThat(common.amongThem()).isDeepEqualTo(new double[][] {{2, 1}, {1, 2}});
    assertThat(common.with(0)).containsExactly(2, 1);
    assertThat(common.with(3)).containsExactly(0, 0);
  }

  @Test
  void forgetsTheFormerProducts() {
    common.read(new int[] {0, 1, 2});
    common.read(new int[] {1});
    assertThat(common.amongThem()).isDeepEqualTo(new double[][] {{2}});
    assertThat(common.with(2)).containsExactly(1);
  }
}
