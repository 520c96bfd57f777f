package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Clusters so small that a pencil is enough; {@code ClusterSearchTest} holds large ones to MLlib.
 */
class ClustersByHandTest {
  private static final double[][] LINE = {{-1}, {1}, {9}, {11}};
  private static final int[] HALVES = {0, 0, 1, 1};

  /** Spreads √2 and √2, centres 10 apart. */
  @Test
  void daviesBouldin() {
    assertThat(ClusterGroups.of(LINE, HALVES, 2).daviesBouldin())
        .isCloseTo(2 * Math.sqrt(2) / 10, within(1e-12));
    // An empty cluster changes nothing, and one point has no spread.
    assertThat(ClusterGroups.of(LINE, HALVES, 3).daviesBouldin())
        .isCloseTo(2 * Math.sqrt(2) / 10, within(1e-12));
    assertThat(
            ClusterGroups.of(new double[][] {{0}, {3}, {5}}, new int[] {0, 1, 1}, 2)
                .daviesBouldin())
        .isCloseTo(Math.sqrt(2) / 4, within(1e-12));
    assertThat(ClusterGroups.of(LINE, new int[4], 2).daviesBouldin()).isNaN();
  }

  /** Every spread is 1, so 2 ÷ distance to the nearest: 2 ÷ 10, 2 ÷ 5 and 2 ÷ 5. */
  @Test
  void daviesBouldinTakesTheWorstNeighbour() {
    double root = Math.sqrt(0.5);
    double[][] three = {{-root}, {root}, {10 - root}, {10 + root}, {15 - root}, {15 + root}};

    assertThat(ClusterGroups.of(three, new int[] {0, 0, 1, 1, 2, 2}, 3).daviesBouldin())
        .isCloseTo((2 / 10.0 + 2 / 5.0 + 2 / 5.0) / 3, within(1e-12));
  }

  /** To the own cluster 4 · 2/1 ÷ 2 = 4; to the other the mean of two squares. */
  @Test
  void silhouette() {
    double outer = 1 - 4 / ((10 * 10 + 12 * 12) / 2.0);
    double inner = 1 - 4 / ((8 * 8 + 10 * 10) / 2.0);
    assertThat(ClusterGroups.of(LINE, HALVES, 2).silhouette(LINE, HALVES))
        .isCloseTo((outer + inner) / 2, within(1e-12));
    assertThat(ClusterGroups.of(LINE, new int[4], 1).silhouette(LINE, new int[4])).isNaN();
    // A point alone counts 0; the two at 9 and 11 have 4 within, and 81 or 121 to it.
    double[][] lonely = {{0}, {9}, {11}};
    int[] clusters = {0, 1, 1};
    assertThat(ClusterGroups.of(lonely, clusters, 2).silhouette(lonely, clusters))
        .isCloseTo((1 - 4 / 81.0 + 1 - 4 / 121.0) / 3, within(1e-12));
    // All in one place are between: neither well nor badly put.
    double[][] same = {{2}, {2}, {2}, {2}};
    assertThat(ClusterGroups.of(same, HALVES, 2).silhouette(same, HALVES)).isZero();
  }

  /** A centre in the wrong cluster is worse than none: (4 − 100) ÷ 100 and the like. */
  @Test
  void silhouetteIsNegativeWhereClustersAreMixed() {
    int[] mixed = {0, 1, 0, 1};
    double first = (4 + 144) / 2.0 / 100 - 1;
    double second = (4 + 64) / 2.0 / 100 - 1;
    assertThat(ClusterGroups.of(LINE, mixed, 2).silhouette(LINE, mixed))
        .isCloseTo((first + second) / 2, within(1e-12));
  }

  @Test
  void meansAndSquares() {
    ClusterGroups groups =
        ClusterGroups.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 0, 2}, 3);

    assertThat(groups.counts()).containsExactly(2, 0, 1);
    assertThat(groups.means()[0]).containsExactly(2, 3);
    assertThat(groups.means()[1]).containsExactly(0, 0);
    assertThat(groups.squares()).containsExactly((1 + 4 + 9 + 16) / 2.0, 0, 61);
  }

  @Test
  void lloydMovesCentresToTheirMeans() {
    LocalKMeans.Fitted fitted = LocalKMeans.fit(LINE, new double[][] {{0.5}, {2}, {500}}, 10);

    assertThat(fitted.centres()[0]).containsExactly(0);
    assertThat(fitted.centres()[1]).containsExactly(10);
    // Without points it stays where it is.
    assertThat(fitted.centres()[2]).containsExactly(500);
    assertThat(fitted.cost()).isEqualTo(4);
  }

  @Test
  void lloydStopsAfterTheIterationsAllowed() {
    double[][] start = {{-1}, {1}};

    LocalKMeans.Fitted once = LocalKMeans.fit(LINE, start, 1);

    assertThat(once.centres()[0]).containsExactly(-1);
    assertThat(once.centres()[1]).containsExactly(7);
    assertThat(LocalKMeans.fit(LINE, start, 0).centres()).isDeepEqualTo(start);
    assertThat(start[1]).containsExactly(1);
  }

  @Test
  void startsAreDistinctPointsAndFollowFromTheSeed() {
    for (long seed = 0; seed < 50; seed++) {
      double[][] start = LocalKMeans.start(LINE, 4, seed);
      assertThat(Arrays.stream(start).map(point -> point[0]))
          .containsExactlyInAnyOrder(-1.0, 1.0, 9.0, 11.0);
      assertThat(LocalKMeans.start(LINE, 4, seed)).isDeepEqualTo(start);
    }
    // Far points are drawn far more often: from {0, 0.001} the next start is 100.
    double[][] far = {{0}, {0.001}, {100}};
    for (long seed = 0; seed < 50; seed++) {
      assertThat(Arrays.stream(LocalKMeans.start(far, 2, seed)).map(point -> point[0]))
          .contains(100.0);
    }
  }

  @Test
  void distancesAndQuantiles() {
    assertThat(Points.squaredDistance(new double[] {1, 2}, new double[] {4, -2})).isEqualTo(25);
    // On a tie the first.
    assertThat(Points.nearest(new double[][] {{9}, {0}, {2}}, new double[] {1})).isEqualTo(1);
    assertThat(Points.assigned(new double[][] {{0}, {10}}, LINE)).containsExactly(0, 0, 1, 1);
    assertThat(Points.arrays(List.of(List.of(1.0, 2.0)))).isDeepEqualTo(new double[][] {{1, 2}});
    double[] sorted = {10, 20, 40};
    assertThat(Points.percentile(sorted, 0.5)).isEqualTo(20);
    assertThat(Points.percentile(sorted, 0.25)).isEqualTo(15);
    assertThat(Points.percentile(sorted, 0.9)).isCloseTo(36, within(1e-12));
    assertThat(Points.percentile(sorted, 1)).isEqualTo(40);
  }
}
