package com.posmodern.ai.campaign.uplift;

import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.config.TreeSettings;
import com.posmodern.ai.model.Boosting;
import com.posmodern.ai.model.KeptTrees;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * XGBoost's trees of an amount. Effects are small beside what customers spend anyway, so their
 * trees are fewer, flatter, and with more rows in a leaf than those of propensities.
 */
record UpliftTrees(PropensitySettings settings) {
  private static final String FORMAT = "ubj";
  private static final int FLATTEST = 2;
  private static final double ROWS_IN_LEAF = 50;

  /** Trees of what is spent, which has much to learn from. */
  byte[] ofSpend(UpliftRows rows) {
    return train(rows, rows.outcomes(), settings.trees());
  }

  /** Trees of an effect. */
  byte[] ofEffect(UpliftRows rows, float[] effects) {
    return train(rows, effects, flat(settings.trees()));
  }

  private byte[] train(UpliftRows rows, float[] labels, TreeSettings trees) {
    try {
      return new Boosting("reg:squarederror", trees, settings.seed())
          .train(
              rows.features(),
              rows.size(),
              rows.width(),
              matrix -> {
                matrix.setLabel(labels);
                matrix.setWeight(weights(rows));
              },
              FORMAT);
    } catch (XGBoostError e) {
      throw KeptTrees.failed("training failed", e);
    }
  }

  /** A campaign weighs the same in both arms, however large its control group; 1 on average. */
  private static float[] weights(UpliftRows rows) {
    float[] weights = new float[rows.size()];
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      double share = rows.shares()[row];
      weights[row] = (float) (1 / (rows.treated()[row] ? share : 1 - share));
      sum += weights[row];
    }
    float mean = (float) (sum / weights.length);
    for (int row = 0; row < weights.length; row++) {
      weights[row] /= mean;
    }
    return weights;
  }

  static double[] predict(byte[] trees, UpliftRows rows) {
    try (KeptTrees kept = KeptTrees.load(trees, rows.width())) {
      float[] predicted = kept.predict(rows.features(), rows.size());
      double[] values = new double[rows.size()];
      for (int row = 0; row < values.length; row++) {
        values[row] = predicted[row];
      }
      return values;
    }
  }

  private static TreeSettings flat(TreeSettings trees) {
    return new PropensitySettings.Trees(
        Math.max(1, trees.rounds() / 2),
        Math.min(FLATTEST, trees.maxDepth()),
        trees.eta(),
        trees.subsample(),
        trees.columnSample(),
        Math.max(ROWS_IN_LEAF, trees.minChildWeight()),
        trees.maxBins(),
        trees.threads());
  }
}
