package com.posmodern.ai.segment;

import java.util.List;

/**
 * A two-dimensional picture of the segments: their centroids on the first two principal axes,
 * weighted by the number of customers. A dozen points, so it is computed on the driver.
 */
final class Picture {
  private static final int ROUNDS = 500;

  private Picture() {}

  /** A position in the chart. */
  record Place(double x, double y) {}

  /**
   * Computes the position of each segment.
   *
   * @param points one per segment
   * @param sizes customers of each
   * @return one position per point, in the same order
   */
  static List<Place> of(List<List<Double>> points, List<Double> sizes) {
    if (points.isEmpty()) {
      return List.of();
    }
    int dimensions = points.get(0).size();
    double[] mean = mean(points, sizes, dimensions);
    double[][] covariance = covariance(points, sizes, mean);
    double[] first = principalAxis(covariance);
    deflate(covariance, first);
    double[] second = principalAxis(covariance);
    return points.stream()
        .map(point -> new Place(projection(point, mean, first), projection(point, mean, second)))
        .toList();
  }

  private static double[] mean(List<List<Double>> points, List<Double> sizes, int dimensions) {
    double[] mean = new double[dimensions];
    double total = 0;
    for (int p = 0; p < points.size(); p++) {
      total += sizes.get(p);
      for (int i = 0; i < dimensions; i++) {
        mean[i] += sizes.get(p) * points.get(p).get(i);
      }
    }
    for (int i = 0; i < dimensions; i++) {
      mean[i] /= Math.max(1, total);
    }
    return mean;
  }

  private static double[][] covariance(
      List<List<Double>> points, List<Double> sizes, double[] mean) {
    double[][] covariance = new double[mean.length][mean.length];
    for (int p = 0; p < points.size(); p++) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          covariance[i][j] +=
              sizes.get(p) * (points.get(p).get(i) - mean[i]) * (points.get(p).get(j) - mean[j]);
        }
      }
    }
    return covariance;
  }

  /** Eigenvector of the largest eigenvalue, by power iteration; its largest part is positive. */
  private static double[] principalAxis(double[][] matrix) {
    double[] axis = new double[matrix.length];
    for (int i = 0; i < axis.length; i++) {
      // Any start not orthogonal to the answer will do; a uniform one easily is.
      axis[i] = 1 + Math.sin(i + 1.0);
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[] next = new double[axis.length];
      for (int i = 0; i < axis.length; i++) {
        for (int j = 0; j < axis.length; j++) {
          next[i] += matrix[i][j] * axis[j];
        }
      }
      double length = length(next);
      if (length < 1e-12) {
        return new double[axis.length];
      }
      for (int i = 0; i < axis.length; i++) {
        axis[i] = next[i] / length;
      }
    }
    double largest = 0;
    for (double part : axis) {
      largest = Math.abs(part) > Math.abs(largest) + 1e-9 ? part : largest;
    }
    for (int i = 0; i < axis.length && largest < 0; i++) {
      axis[i] = -axis[i];
    }
    return axis;
  }

  /** Takes an axis out of the matrix, so that the next one comes first. */
  private static void deflate(double[][] matrix, double[] axis) {
    double eigenvalue = 0;
    for (int i = 0; i < axis.length; i++) {
      for (int j = 0; j < axis.length; j++) {
        eigenvalue += axis[i] * matrix[i][j] * axis[j];
      }
    }
    for (int i = 0; i < axis.length; i++) {
      for (int j = 0; j < axis.length; j++) {
        matrix[i][j] -= eigenvalue * axis[i] * axis[j];
      }
    }
  }

  private static double projection(List<Double> point, double[] mean, double[] axis) {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += (point.get(i) - mean[i]) * axis[i];
    }
    return Math.round(sum * 1e6) / 1e6;
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double part : vector) {
      sum += part * part;
    }
    return Math.sqrt(sum);
  }
}
