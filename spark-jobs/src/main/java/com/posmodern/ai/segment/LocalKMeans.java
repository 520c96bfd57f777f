package com.posmodern.ai.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * K-Means on points in memory: Lloyd's iterations (1982) from k-means++ starts (Arthur and
 * Vassilvitskii 2007). From the same centres it gives the same result as MLlib's K-Means.
 */
final class LocalKMeans {
  /** A centre that moves less than this has converged; MLlib's default. */
  static final double TOLERANCE = 1e-4;

  private LocalKMeans() {}

  /**
   * A local optimum.
   *
   * @param centres as many as at the start
   * @param cost sum of squared distances to them
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared and never modified
  record Fitted(double[][] centres, double cost) {}

  /**
   * The first centre is drawn uniformly, each further one with a probability proportional to the
   * squared distance to the nearest previous centre.
   *
   * @return k centres; fewer when there are fewer distinct points
   */
  static double[][] start(double[][] points, int k, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<double[]> centres = new ArrayList<>();
    double[] distances = new double[points.length];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    double[] newest = points[random.nextInt(points.length)];
    while (true) {
      centres.add(newest);
      double sum = 0;
      for (int p = 0; p < points.length; p++) {
        distances[p] = Math.min(distances[p], Points.squaredDistance(points[p], newest));
        sum += distances[p];
      }
      if (centres.size() == k || sum == 0) {
        return centres.toArray(double[][]::new);
      }
      newest = points[drawn(distances, random.nextDouble() * sum)];
    }
  }

  /** The last point with a positive distance, in case of rounding errors. */
  private static int drawn(double[] distances, double target) {
    double reached = 0;
    int last = 0;
    for (int p = 0; p < distances.length; p++) {
      if (distances[p] > 0) {
        reached += distances[p];
        last = p;
        if (reached > target) {
          return p;
        }
      }
    }
    return last;
  }

  /** Lloyd's iterations until every centre has converged; a centre without points does not move. */
  static Fitted fit(double[][] points, double[][] start, int maxIterations) {
    double[][] centres = start.clone();
    boolean resting = false;
    for (int iteration = 0; iteration < maxIterations && !resting; iteration++) {
      ClusterGroups groups =
          ClusterGroups.of(points, Points.assigned(centres, points), centres.length);
      resting = true;
      for (int c = 0; c < centres.length; c++) {
        if (groups.counts()[c] > 0) {
          double moved = Points.squaredDistance(centres[c], groups.means()[c]);
          resting &= moved <= TOLERANCE * TOLERANCE;
          centres[c] = groups.means()[c];
        }
      }
    }
    return new Fitted(centres, cost(points, centres));
  }

  private static double cost(double[][] points, double[][] centres) {
    double sum = 0;
    for (double[] point : points) {
      sum += Points.squaredDistance(point, centres[Points.nearest(centres, point)]);
    }
    return sum;
  }
}
