package com.posmodern.ai.segment;

import java.util.Arrays;
import java.util.List;

/** Sums and distances of points in memory. */
final class Points {
  private Points() {}

  static double squaredDistance(double[] left, double[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      double difference = left[i] - right[i];
      sum += difference * difference;
    }
    return sum;
  }

  /** Index of the nearest centre; on ties the first. */
  static int nearest(double[][] centres, double[] point) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < centres.length; i++) {
      double distance = squaredDistance(centres[i], point);
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  /** The nearest centre of each point. */
  static int[] assigned(double[][] centres, double[][] points) {
    return Arrays.stream(points).mapToInt(point -> nearest(centres, point)).toArray();
  }

  static double[][] arrays(List<List<Double>> points) {
    return points.stream()
        .map(point -> point.stream().mapToDouble(value -> value).toArray())
        .toArray(double[][]::new);
  }

  /** The quantile of sorted values with linear interpolation, like Spark's {@code percentile}. */
  static double percentile(double[] sorted, double share) {
    double position = (sorted.length - 1) * share;
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return below == above
        ? sorted[below]
        : (above - position) * sorted[below] + (position - below) * sorted[above];
  }
}
