package com.posmodern.ai.segment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which segment each cluster is: one of the model in use so far, or a new one. */
final class SegmentIds {
  private SegmentIds() {}

  /**
   * Clusters with the ids and names of the segments they match, or with new ones.
   *
   * @param clusters centroids in the new space
   * @param before the segments of the model in use so far
   * @param there the clusters in its space; empty when there is no previous model
   */
  static List<Segment> given(
      FeatureSpace space,
      List<List<Double>> clusters,
      List<Segment> before,
      List<List<Double>> there,
      int highestId) {
    List<Optional<Segment>> matched =
        before.isEmpty()
            ? Collections.nCopies(clusters.size(), Optional.empty())
            : CentroidMatching.match(there, before);
    List<String> names =
        matched.stream()
            .flatMap(Optional::stream)
            .map(Segment::name)
            .collect(Collectors.toCollection(ArrayList::new));
    int id = before.stream().mapToInt(Segment::id).reduce(highestId, Math::max);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < clusters.size(); i++) {
      List<Double> centroid = clusters.get(i);
      if (matched.get(i).isPresent()) {
        Segment was = matched.get(i).get();
        segments.add(new Segment(was.id(), was.name(), centroid));
      } else {
        String name = SegmentNames.name(space, centroid, names);
        names.add(name);
        segments.add(new Segment(++id, name, centroid));
      }
    }
    return segments;
  }
}
