package com.posmodern.ai.campaign.propensity;

import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.model.Boosting;
import java.io.IOException;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost's trees by its plain Java API; its contributions are exact TreeSHAP values. */
final class TreeScorer implements Scorer {
  private static final String FORMAT = "ubj";

  private final Booster booster;
  private final int width;

  private TreeScorer(Booster booster, int width) {
    this.booster = booster;
    this.width = width;
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
      throw failed("training failed", e);
    }
  }

  static TreeScorer load(byte[] bytes, int width) {
    try {
      Booster booster = XGBoost.loadModel(bytes);
      // Tasks run side by side already.
      booster.setParam("nthread", 1);
      return new TreeScorer(booster, width);
    } catch (XGBoostError | IOException e) {
      throw failed("the kept model cannot be loaded", e);
    }
  }

  @Override
  public double[] scores(float[] rows, int count) {
    try {
      float[][] predicted = booster.inplace_predict(rows, count, width, Float.NaN);
      double[] scores = new double[count];
      for (int i = 0; i < count; i++) {
        scores[i] = predicted[i][0];
      }
      return scores;
    } catch (XGBoostError e) {
      throw failed("prediction failed", e);
    }
  }

  @Override
  public float[][] contributions(float[] rows, int count) {
    try {
      DMatrix matrix = new DMatrix(rows, count, width, Float.NaN);
      try {
        return booster.predictContrib(matrix, 0);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw failed("explaining failed", e);
    }
  }

  @Override
  public void close() {
    booster.dispose();
  }

  private static PosException failed(String what, Exception cause) {
    return PosException.infrastructure(
        what + ": " + cause.getMessage(),
        "XGBoost",
        "Check memory and the platform (Linux or macOS, x86-64 or arm64).",
        cause);
  }
}
