package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.model.Boosting;
import com.posmodern.ai.model.KeptTrees;
import com.posmodern.ai.model.PathShares;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * XGBoost's trees by its plain Java API; its contributions are exact TreeSHAP values, without what
 * is the same for all rows.
 */
final class TreeScorer implements Scorer {
  private static final String FORMAT = "ubj";

  private final KeptTrees trees;
  private Optional<PathShares> shares = Optional.empty();
  private boolean asked;

  private TreeScorer(KeptTrees trees) {
    this.trees = trees;
  }

  /** Trains on the rows; the bytes are for {@link #load}. */
  static byte[] train(Examples rows, PropensityKind kind, PropensitySettings settings) {
    Boosting trees =
        new Boosting(
            kind.isAmount() ? "reg:tweedie" : "binary:logistic", settings.trees(), settings.seed());
    if (kind.isAmount()) {
      trees.with("tweedie_variance_power", Losses.TWEEDIE_POWER);
    }
    try {
      return trees.train(
          rows.features(),
          rows.size(),
          rows.width(),
          matrix -> matrix.setLabel(rows.labels()),
          FORMAT);
    } catch (XGBoostError e) {
      throw KeptTrees.failed("training failed", e);
    }
  }

  static TreeScorer load(byte[] bytes, int width) {
    return new TreeScorer(KeptTrees.load(bytes, width));
  }

  @Override
  public double[] scores(float[] rows, int count) {
    float[] predicted = trees.predict(rows, count);
    double[] scores = new double[count];
    for (int i = 0; i < count; i++) {
      scores[i] = predicted[i];
    }
    return scores;
  }

  @Override
  public float[][] contributions(float[] rows, int count) {
    if (!asked) {
      asked = true;
      shares = trees.shares();
    }
    return shares
        .map(tables -> tables.of(rows, count))
        .orElseGet(() -> trees.contributions(rows, count));
  }

  @Override
  public void close() {
    trees.close();
  }
}
