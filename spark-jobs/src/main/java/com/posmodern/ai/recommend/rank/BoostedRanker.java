package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.error.PosException;
import java.util.HashMap;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trains XGBoost through its plain Java API on a bounded number of rows: same seed and number of
 * threads give the same bits. {@link RankerTrees} scores with the trees.
 */
final class BoostedRanker {
  private static final String FORMAT = "json";

  private BoostedRanker() {}

  /** The model in XGBoost's JSON format. */
  static byte[] train(TrainingRows rows, RecommendSettings.Ranker settings, long seed) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("objective", settings.objective());
    parameters.put("tree_method", "hist");
    parameters.put("max_depth", settings.maxDepth());
    parameters.put("eta", settings.eta());
    parameters.put("subsample", settings.subsample());
    parameters.put("colsample_bytree", settings.columnSample());
    parameters.put("min_child_weight", settings.minChildWeight());
    parameters.put("max_bin", settings.maxBins());
    parameters.put(
        "nthread",
        settings.threads() > 0 ? settings.threads() : Runtime.getRuntime().availableProcessors());
    parameters.put("seed", Math.floorMod(seed, Integer.MAX_VALUE));
    boolean ranks = settings.objective().startsWith("rank:");
    if (ranks) {
      parameters.put("ndcg_exp_gain", "false");
    }
    try {
      DMatrix matrix = new DMatrix(rows.features(), rows.size(), PairFeature.COUNT, Float.NaN);
      try {
        matrix.setLabel(rows.labels());
        if (ranks) {
          matrix.setGroup(rows.groups());
        } else {
          matrix.setWeight(rows.weights());
        }
        Booster booster =
            XGBoost.train(matrix, parameters, settings.rounds(), Map.of(), null, null);
        byte[] payload = booster.toByteArray(FORMAT);
        booster.dispose();
        return payload;
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw failed("training the ranker failed", e);
    }
  }

  private static PosException failed(String what, Exception cause) {
    return PosException.infrastructure(
        what + ": " + cause.getMessage(), "xgboost", "See the cause and run the job again.", cause);
  }
}
