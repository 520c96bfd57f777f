package com.posmodern.ai.segment;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;

/**
 * A two-dimensional picture of the segments: their centroids on the first two principal axes,
 * weighted by the number of customers. A dozen points, so it is computed on the driver.
 */
final class Picture {
  /** Beside the largest singular value: an axis below it is rounding, and all places are zero. */
  private static final double ROUNDING = 1e-9;

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
    RealMatrix centred = centred(points, sizes);
    RealMatrix weighted = centred.copy();
    for (int p = 0; p < points.size(); p++) {
      weighted.setRowVector(p, centred.getRowVector(p).mapMultiply(Math.sqrt(sizes.get(p))));
    }
    SingularValueDecomposition principal = new SingularValueDecomposition(weighted);
    double[] x = places(centred, principal, 0);
    double[] y = places(centred, principal, 1);
    return IntStream.range(0, points.size()).mapToObj(p -> new Place(x[p], y[p])).toList();
  }

  private static RealMatrix centred(List<List<Double>> points, List<Double> sizes) {
    RealMatrix matrix =
        MatrixUtils.createRealMatrix(
            points.stream()
                .map(point -> point.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new));
    double[] weights = sizes.stream().mapToDouble(Double::doubleValue).toArray();
    double total = Math.max(1, sizes.stream().mapToDouble(Double::doubleValue).sum());
    RealVector mean = MatrixUtils.createRealVector(matrix.preMultiply(weights)).mapDivide(total);
    for (int p = 0; p < points.size(); p++) {
      matrix.setRowVector(p, matrix.getRowVector(p).subtract(mean));
    }
    return matrix;
  }

  /** Projections on a principal axis, whose largest part is positive. */
  private static double[] places(
      RealMatrix centred, SingularValueDecomposition principal, int which) {
    double[] sizes = principal.getSingularValues();
    if (which >= sizes.length || !(sizes[which] > ROUNDING * sizes[0])) {
      return new double[centred.getRowDimension()];
    }
    RealVector axis = principal.getV().getColumnVector(which);
    double largest = 0;
    for (double part : axis.toArray()) {
      largest = Math.abs(part) > Math.abs(largest) + 1e-9 ? part : largest;
    }
    RealVector places = centred.operate(largest < 0 ? axis.mapMultiply(-1) : axis);
    return places.map(place -> Math.round(place * 1e6) / 1e6).toArray();
  }
}
