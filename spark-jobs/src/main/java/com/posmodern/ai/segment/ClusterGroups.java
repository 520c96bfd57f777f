package com.posmodern.ai.segment;

/**
 * Sums per cluster from which the quality of a clustering is computed in one pass.
 *
 * @param counts points per cluster; empty clusters are ignored by the metrics
 * @param means per cluster
 * @param squares mean squared length of a cluster's points
 */
@SuppressWarnings("ArrayRecordComponent") // never compared and never modified
record ClusterGroups(int[] counts, double[][] means, double[] squares) {

  static ClusterGroups of(double[][] points, int[] clusters, int number) {
    int dimensions = points.length == 0 ? 0 : points[0].length;
    int[] counts = new int[number];
    double[][] means = new double[number][dimensions];
    double[] squares = new double[number];
    for (int p = 0; p < points.length; p++) {
      int cluster = clusters[p];
      counts[cluster]++;
      for (int i = 0; i < dimensions; i++) {
        means[cluster][i] += points[p][i];
        squares[cluster] += points[p][i] * points[p][i];
      }
    }
    for (int cluster = 0; cluster < number; cluster++) {
      for (int i = 0; i < dimensions && counts[cluster] > 0; i++) {
        means[cluster][i] /= counts[cluster];
      }
      squares[cluster] /= Math.max(1, counts[cluster]);
    }
    return new ClusterGroups(counts, means, squares);
  }

  private int occupied() {
    int occupied = 0;
    for (int count : counts) {
      occupied += count > 0 ? 1 : 0;
    }
    return occupied;
  }

  /**
   * Mean silhouette (Rousseeuw 1987) with squared euclidean distances, which follow from a
   * cluster's mean and mean squared length: the numbers of MLlib's ClusteringEvaluator.
   *
   * @return between -1 and 1; NaN with fewer than two clusters
   */
  double silhouette(double[][] points, int[] clusters) {
    if (occupied() < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int p = 0; p < points.length; p++) {
      int own = clusters[p];
      if (counts[own] == 1) {
        continue;
      }
      double nearest = Double.POSITIVE_INFINITY;
      for (int cluster = 0; cluster < counts.length; cluster++) {
        if (cluster != own && counts[cluster] > 0) {
          nearest = Math.min(nearest, meanDistance(points[p], cluster));
        }
      }
      double within = meanDistance(points[p], own) * counts[own] / (counts[own] - 1);
      double wider = Math.max(nearest, within);
      sum += wider > 0 ? (nearest - within) / wider : 0;
    }
    return sum / points.length;
  }

  /** Mean squared distance from a point to all points of a cluster. */
  private double meanDistance(double[] point, int cluster) {
    double[] mean = means[cluster];
    double length = 0;
    double product = 0;
    for (int i = 0; i < point.length; i++) {
      length += point[i] * point[i];
      product += point[i] * mean[i];
    }
    return Math.max(0, length + squares[cluster] - 2 * product);
  }

  /**
   * Davies-Bouldin index (1979) with root mean square spreads: the mean over clusters of the worst
   * (spread + spread) ÷ distance to another one. 0 is perfect.
   *
   * @return NaN with fewer than two clusters
   */
  double daviesBouldin() {
    if (occupied() < 2) {
      return Double.NaN;
    }
    double sum = 0;
    for (int one = 0; one < counts.length; one++) {
      double worst = 0;
      for (int other = 0; other < counts.length; other++) {
        if (one != other && counts[one] > 0 && counts[other] > 0) {
          double distance = Math.sqrt(Points.squaredDistance(means[one], means[other]));
          worst = Math.max(worst, (spread(one) + spread(other)) / distance);
        }
      }
      sum += worst;
    }
    return sum / occupied();
  }

  /** Square root of the sum of the unbiased variances. */
  private double spread(int cluster) {
    if (counts[cluster] < 2) {
      return 0;
    }
    double length = 0;
    for (double part : means[cluster]) {
      length += part * part;
    }
    double variance = Math.max(0, squares[cluster] - length);
    return Math.sqrt(variance * counts[cluster] / (counts[cluster] - 1));
  }
}
