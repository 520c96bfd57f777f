package com.posmodern.ai.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Matches tonight's clusters to the last published segments, nearest pairs first. There are about a
 * dozen of each, so the driver does it.
 */
final class CentroidMatching {
  private CentroidMatching() {}

  private record Pair(int cluster, int segment, double distance) {}

  /**
   * Matches each cluster to at most one segment and each segment to at most one cluster.
   *
   * @param centroids tonight's clusters in the previous feature space; an empty point matches
   *     nothing
   * @param before last published segments
   * @return for each cluster its previous segment; empty for a new cluster
   */
  static List<Optional<Segment>> match(List<List<Double>> centroids, List<Segment> before) {
    List<Pair> pairs = new ArrayList<>();
    for (int segment = 0; segment < before.size(); segment++) {
      double reach = reach(before, segment);
      for (int cluster = 0; cluster < centroids.size(); cluster++) {
        if (centroids.get(cluster).isEmpty()) {
          continue;
        }
        double distance = distance(centroids.get(cluster), before.get(segment).centroid());
        if (distance <= reach) {
          pairs.add(new Pair(cluster, segment, distance));
        }
      }
    }
    pairs.sort(
        Comparator.comparingDouble(Pair::distance)
            .thenComparingInt(Pair::segment)
            .thenComparingInt(Pair::cluster));
    List<Optional<Segment>> matched = new ArrayList<>();
    centroids.forEach(centroid -> matched.add(Optional.empty()));
    boolean[] taken = new boolean[before.size()];
    for (Pair pair : pairs) {
      if (matched.get(pair.cluster()).isEmpty() && !taken[pair.segment()]) {
        matched.set(pair.cluster(), Optional.of(before.get(pair.segment())));
        taken[pair.segment()] = true;
      }
    }
    return matched;
  }

  /**
   * The maximum distance that a segment may move and keep its id: half the distance to its nearest
   * neighbour, so it is closer to its old position than to any other.
   */
  private static double reach(List<Segment> before, int segment) {
    double nearest = Double.POSITIVE_INFINITY;
    for (int other = 0; other < before.size(); other++) {
      if (other != segment) {
        nearest =
            Math.min(
                nearest, distance(before.get(segment).centroid(), before.get(other).centroid()));
      }
    }
    return nearest / 2;
  }

  static double distance(List<Double> left, List<Double> right) {
    double sum = 0;
    for (int i = 0; i < left.size(); i++) {
      double difference = left.get(i) - right.get(i);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
