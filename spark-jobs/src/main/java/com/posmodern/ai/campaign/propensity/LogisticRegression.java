package com.posmodern.ai.campaign.propensity;

import java.util.Arrays;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealVector;

/**
 * Logistic regression on the trees' features: the logarithm of each, scaled, and a flag where it is
 * unknown. Fitted by Newton's method with a little ridge, on the bounded rows in the driver's
 * memory.
 *
 * @param centres of the logarithms
 * @param scales of the logarithms
 * @param weights of the features, then of their flags, then the intercept
 */
@SuppressWarnings("ArrayRecordComponent") // Read once per row scored.
record LogisticRegression(int width, double[] centres, double[] scales, double[] weights)
    implements Scorer {
  private static final int STEPS = 25;
  private static final double RIDGE = 1;
  private static final double CLOSE = 1e-6;

  static LogisticRegression fit(Examples rows) {
    int width = rows.width();
    double[] centres = new double[width];
    double[] scales = new double[width];
    for (int column = 0; column < width; column++) {
      double sum = 0;
      double squares = 0;
      int known = 0;
      for (int row = 0; row < rows.size(); row++) {
        float value = rows.feature(row, column);
        if (!Float.isNaN(value)) {
          double logarithm = logarithm(value);
          sum += logarithm;
          squares += logarithm * logarithm;
          known++;
        }
      }
      centres[column] = known == 0 ? 0 : sum / known;
      double variance = known == 0 ? 0 : squares / known - centres[column] * centres[column];
      scales[column] = variance > 1e-12 ? Math.sqrt(variance) : 1;
    }
    double[] weights = new double[2 * width + 1];
    LogisticRegression model = new LogisticRegression(width, centres, scales, weights);
    for (int step = 0; step < STEPS && model.improve(rows) > CLOSE; step++) {
      // Each step is taken in the condition.
    }
    return model;
  }

  @Override
  public double[] scores(float[] rows, int count) {
    double[] scores = new double[count];
    double[] input = new double[weights.length];
    Arrays.setAll(
        scores,
        row -> {
          read(rows, row, input);
          return probability(input);
        });
    return scores;
  }

  @Override
  public float[][] contributions(float[] rows, int count) {
    float[][] parts = new float[count][width + 1];
    double[] input = new double[weights.length];
    for (int row = 0; row < count; row++) {
      read(rows, row, input);
      for (int i = 0; i < width; i++) {
        parts[row][i] = (float) (weights[i] * input[i] + weights[width + i] * input[width + i]);
      }
      parts[row][width] = (float) weights[2 * width];
    }
    return parts;
  }

  /** One step of Newton; the largest change of a weight. */
  private double improve(Examples rows) {
    int size = weights.length;
    double[][] hessian = new double[size][size];
    double[] gradient = new double[size];
    double[] input = new double[size];
    for (int row = 0; row < rows.size(); row++) {
      read(rows.features(), row, input);
      double probability = probability(input);
      double error = rows.labels()[row] - probability;
      double curve = Math.max(probability * (1 - probability), 1e-9);
      for (int i = 0; i < size; i++) {
        if (input[i] != 0) {
          gradient[i] += error * input[i];
          double part = curve * input[i];
          for (int j = 0; j <= i; j++) {
            hessian[i][j] += part * input[j];
          }
        }
      }
    }
    for (int i = 0; i < size; i++) {
      hessian[i][i] += RIDGE;
      gradient[i] -= RIDGE * weights[i];
      for (int j = 0; j < i; j++) {
        hessian[j][i] = hessian[i][j];
      }
    }
    // The ridge keeps the matrix positive definite.
    RealVector change =
        new CholeskyDecomposition(MatrixUtils.createRealMatrix(hessian))
            .getSolver()
            .solve(new ArrayRealVector(gradient, false));
    double largest = 0;
    for (int i = 0; i < size; i++) {
      weights[i] += change.getEntry(i);
      largest = Math.max(largest, Math.abs(change.getEntry(i)));
    }
    return largest;
  }

  private double probability(double[] input) {
    double sum = 0;
    for (int i = 0; i < input.length; i++) {
      sum += weights[i] * input[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private void read(float[] rows, int row, double[] input) {
    for (int i = 0; i < width; i++) {
      float value = rows[row * width + i];
      boolean known = !Float.isNaN(value);
      input[i] = known ? (logarithm(value) - centres[i]) / scales[i] : 0;
      input[width + i] = known ? 0 : 1;
    }
    input[2 * width] = 1;
  }

  private static double logarithm(double value) {
    return Math.signum(value) * Math.log1p(Math.abs(value));
  }
}
