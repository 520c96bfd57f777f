package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.model.Boosting;
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
    Boosting trees = new Boosting(settings.objective(), settings, seed);
    boolean ranks = settings.objective().startsWith("rank:");
    if (ranks) {
      trees.with("ndcg_exp_gain", "false");
    }
    try {
      return trees.train(
          rows.features(),
          rows.size(),
          PairFeature.COUNT,
          matrix -> {
            matrix.setLabel(rows.labels());
            if (ranks) {
              matrix.setGroup(rows.groups());
            } else {
              matrix.setWeight(rows.weights());
            }
          },
          FORMAT);
    } catch (XGBoostError e) {
      throw failed("training the ranker failed", e);
    }
  }

  private static PosException failed(String what, Exception cause) {
    return PosException.infrastructure(
        what + ": " + cause.getMessage(), "xgboost", "See the cause and run the job again.", cause);
  }
}
