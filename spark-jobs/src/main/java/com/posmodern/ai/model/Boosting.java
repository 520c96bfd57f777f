package com.posmodern.ai.model;

import com.posmodern.ai.config.TreeSettings;
import java.util.Map;
import java.util.TreeMap;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains XGBoost's trees by its plain Java API, on a bounded number of rows in this process: the
 * same seed and number of threads give the same bits.
 */
public final class Boosting {
  private final Map<String, Object> parameters = new TreeMap<>();
  private final int rounds;

  public Boosting(String objective, TreeSettings settings, long seed) {
    rounds = settings.rounds();
    parameters.put("objective", objective);
    parameters.put("tree_method", "hist");
    parameters.put("max_depth", settings.maxDepth());
    parameters.put("eta", settings.eta());
    parameters.put("subsample", settings.subsample());
    parameters.put("colsample_bytree", settings.columnSample());
    parameters.put("min_child_weight", settings.minChildWeight());
    parameters.put("max_bin", settings.maxBins());
    // The driver's: training is in its memory, whatever the executors have.
    parameters.put(
        "nthread",
        settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors());
    parameters.put("seed", Math.floorMod(seed, Integer.MAX_VALUE));
  }

  /** A parameter of the objective. */
  public Boosting with(String parameter, Object value) {
    parameters.put(parameter, value);
    return this;
  }

  /** Adds labels, and weights or groups, to the rows. */
  @FunctionalInterface
  public interface Labels {
    void addTo(DMatrix matrix) throws XGBoostError;
  }

  /**
   * The trained trees.
   *
   * @param features of all rows, row by row; NaN where missing
   * @param format ubj or json
   */
  public byte[] train(float[] features, int rows, int columns, Labels labels, String format)
      throws XGBoostError {
    DMatrix matrix = new DMatrix(features, rows, columns, Float.NaN);
    try {
      labels.addTo(matrix);
      Booster booster = XGBoost.train(matrix, parameters, rounds, Map.of(), null, null);
      try {
        return booster.toByteArray(format);
      } finally {
        booster.dispose();
      }
    } finally {
      matrix.dispose();
    }
  }
}
