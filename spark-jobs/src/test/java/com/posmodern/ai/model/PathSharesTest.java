package com.posmodern.ai.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.PropensitySettings;
import java.util.Optional;
import java.util.SplittableRandom;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.junit.jupiter.api.Test;

/** Few features, so that a tree asks about one several times on its way; a tenth is missing. */
class PathSharesTest {
  private static final int WIDTH = 5;
  private static final int ROWS = 3000;

  @Test
  void sharesAreThoseOfXgboost() throws XGBoostError {
    float[] rows = rows();
    try (KeptTrees trees = trees(rows, 4)) {
      float[][] theirs = trees.contributions(rows, ROWS);
      float[][] ours = trees.shares().orElseThrow().of(rows, ROWS);
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < WIDTH; i++) {
          assertThat(ours[row][i]).as("row %d", row).isCloseTo(theirs[row][i], within(2e-4f));
        }
      }
    }
  }

  @Test
  void treesThatAreTooDeepHaveNoTables() throws XGBoostError {
    try (KeptTrees trees = trees(rows(), 9)) {
      assertThat(trees.shares()).isEqualTo(Optional.empty());
    }
  }

  private static float[] rows() {
    SplittableRandom random = new SplittableRandom(3);
    float[] rows = new float[ROWS * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(20);
    }
    return rows;
  }

  private static KeptTrees trees(float[] rows, int depth) throws XGBoostError {
    float[] labels = new float[ROWS];
    for (int row = 0; row < ROWS; row++) {
      float first = rows[row * WIDTH];
      float second = rows[row * WIDTH + 1];
      labels[row] = Float.isNaN(first) || Math.abs(first - second) < 6 ? 1 : 0;
    }
    byte[] bytes =
        new Boosting(
                "binary:logistic", new PropensitySettings.Trees(40, depth, 0.2, 1, 1, 1, 64, 1), 7)
            .train(rows, ROWS, WIDTH, matrix -> matrix.setLabel(labels), "ubj");
    return KeptTrees.load(bytes, WIDTH);
  }
}
