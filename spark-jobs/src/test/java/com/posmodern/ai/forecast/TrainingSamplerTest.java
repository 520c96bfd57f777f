package com.posmodern.ai.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingSamplerTest {
  private static final long GIB = 1L << 30;
  private static final long ROW = 4L * (Feature.COUNT + 2);

  @Test
  void theBoundOnTheRowsFollowsTheSeries() {
    assertThat(TrainingSampler.mostRows(0, 16 * GIB)).isEqualTo(200_000);
    assertThat(TrainingSampler.mostRows(3_000, 16 * GIB)).isEqualTo(200_000);
    assertThat(TrainingSampler.mostRows(10_000, 16 * GIB)).isEqualTo(640_000);
  }

  @Test
  void theRowsFitTheHeap() {
    assertThat(TrainingSampler.mostRows(20_000_000, 4 * GIB)).isEqualTo((int) (GIB / 8 / ROW));
    assertThat(TrainingSampler.mostRows(3_000, GIB)).isLessThan(200_000);
  }

  /** Spark takes 1 GiB of results unless told otherwise. */
  @Test
  void theRowsFitTheResultsThatADriverTakes() {
    assertThat(TrainingSampler.mostRows(20_000_000, 1024 * GIB) * ROW).isLessThanOrEqualTo(GIB / 2);
  }
}
