package com.posmodern.ai.recommend.rank;

import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;

/**
 * Which purchases predict which: a ridge regression of every product on the products nearest to it.
 * Unlike a sum of cosines it does not count twice what two similar products say (Steck,
 * "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019; on the nearest products only, as
 * Ning and Karypis, "SLIM", ICDM 2011, select them, so that memory grows with the products and not
 * with their square).
 */
final class ProductRegression implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Predictors of a product, at most 64; between 30 and 100 hardly differed on four lakes. */
  private static final int PREDICTORS = 45;

  /** In customers; between 100 and 300 hardly differed on four lakes. */
  private static final double RIDGE = 100;

  private static final int[] NOTHING = {};
  private static final float[] NO_WEIGHTS = {};

  private final int[][] predicted;
  private final float[][] weights;

  private ProductRegression(int[][] predicted, float[][] weights) {
    this.predicted = predicted;
    this.weights = weights;
  }

  /**
   * Fits one regression per product, in parallel on the driver's cores.
   *
   * @param postings as of {@link Postings}
   * @param customers number of baskets in the postings
   */
  static ProductRegression of(int[][] postings, int customers, ProductNeighbours neighbours) {
    int[][] predictors = new int[postings.length][];
    double[][] fitted = new double[postings.length][];
    ThreadLocal<CommonBuyers> common =
        ThreadLocal.withInitial(() -> new CommonBuyers(postings, customers));
    IntStream.range(0, postings.length)
        .parallel()
        .forEach(
            product -> {
              predictors[product] = neighbours.nearest(product, PREDICTORS);
              fitted[product] = fit(product, predictors[product], common.get());
            });
    return byPredictor(predictors, fitted);
  }

  private static double[] fit(int product, int[] predictors, CommonBuyers common) {
    if (predictors.length == 0) {
      return new double[0];
    }
    common.read(predictors);
    double[][] gram = common.amongThem();
    for (int i = 0; i < gram.length; i++) {
      gram[i][i] += RIDGE;
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(gram, false))
        .getSolver()
        .solve(new ArrayRealVector(common.with(product), false))
        .toArray();
  }

  /** Turns predictors of a product into products that a purchase predicts. */
  private static ProductRegression byPredictor(int[][] predictors, double[][] fitted) {
    int[] counts = new int[predictors.length];
    for (int[] some : predictors) {
      for (int predictor : some) {
        counts[predictor]++;
      }
    }
    int[][] predicted = new int[predictors.length][];
    float[][] weights = new float[predictors.length][];
    for (int product = 0; product < predictors.length; product++) {
      predicted[product] = counts[product] == 0 ? NOTHING : new int[counts[product]];
      weights[product] = counts[product] == 0 ? NO_WEIGHTS : new float[counts[product]];
      counts[product] = 0;
    }
    for (int product = 0; product < predictors.length; product++) {
      for (int i = 0; i < predictors[product].length; i++) {
        int predictor = predictors[product][i];
        predicted[predictor][counts[predictor]] = product;
        weights[predictor][counts[predictor]++] = (float) fitted[product][i];
      }
    }
    return new ProductRegression(predicted, weights);
  }

  /** Adds what a purchase of the product says about others; less than 0 where it speaks against. */
  void addTo(SparseScores scores, int product, float weight) {
    for (int i = 0; i < predicted[product].length; i++) {
      scores.add(predicted[product][i], weight * weights[product][i]);
    }
  }
}
