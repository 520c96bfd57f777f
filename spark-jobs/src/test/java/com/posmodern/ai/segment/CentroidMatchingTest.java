package com.posmodern.ai.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CentroidMatchingTest {
  private static final Segment NORTH = new Segment(3, "North", List.of(0.0, 4.0));
  private static final Segment SOUTH = new Segment(5, "South", List.of(0.0, -4.0));
  private static final Segment EAST = new Segment(8, "East", List.of(6.0, 0.0));
  private static final FeatureSpace PLANE =
      new FeatureSpace(
          List.of(SegmentFeature.named("mean_hour"), SegmentFeature.named("weekend_share")),
          List.of(0.0, 0.0),
          List.of(1.0, 1.0),
          List.of(1.0, 1.0));

  @Test
  void idsFollowTheCentroidsWhateverTheirOrder() {
    assertThat(
            CentroidMatching.match(
                List.of(List.of(5.5, 0.5), List.of(0.1, 4.2), List.of(-0.2, -3.9)),
                List.of(NORTH, SOUTH, EAST)))
        .containsExactly(Optional.of(EAST), Optional.of(NORTH), Optional.of(SOUTH));
  }

  @Test
  void newClusterFarFromAllTakesNoVanishedId() {
    assertThat(
            CentroidMatching.match(
                List.of(List.of(0.1, 4.2), List.of(-9.0, 0.0)), List.of(NORTH, SOUTH, EAST)))
        .containsExactly(Optional.of(NORTH), Optional.empty());
  }

  @Test
  void ofTwoClustersNearOneSegmentTheNearerIsIt() {
    assertThat(
            CentroidMatching.match(
                List.of(List.of(0.0, 3.0), List.of(0.0, 4.1)), List.of(NORTH, SOUTH)))
        .containsExactly(Optional.empty(), Optional.of(NORTH));
  }

  @Test
  void clusterWithoutCustomersMatchesNothing() {
    assertThat(CentroidMatching.match(List.of(List.of()), List.of(NORTH)))
        .containsExactly(Optional.empty());
  }

  @Test
  void newIdsAreAboveEveryIdEverGiven() {
    List<List<Double>> clusters = List.of(List.of(-9.0, 0.0), List.of(0.0, 4.0), List.of(9.0, 9.0));

    assertThat(SegmentIds.given(PLANE, clusters, List.of(NORTH, SOUTH), clusters, 11))
        .extracting(Segment::id)
        .containsExactly(12, 3, 13);
  }

  @Test
  void firstNightCountsFromOneAndNamesAreUnique() {
    List<List<Double>> clusters = List.of(List.of(2.0, 0.0), List.of(2.5, 0.1), List.of(0.0, 0.0));

    assertThat(SegmentIds.given(PLANE, clusters, List.of(), List.of(), 0))
        .extracting(segment -> segment.id() + " " + segment.name())
        .containsExactly("1 Evening shoppers", "2 Evening shoppers 2", "3 Average shoppers");
  }
}
