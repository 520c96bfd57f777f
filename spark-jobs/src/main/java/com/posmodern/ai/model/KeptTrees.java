package com.posmodern.ai.model;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Trees that {@link Boosting} trained, loaded for predictions in a task. Rows are features row by
 * row, NaN where missing. Every failure is an infrastructure error.
 */
public final class KeptTrees implements AutoCloseable {
  private final Booster booster;
  private final int columns;

  private KeptTrees(Booster booster, int columns) {
    this.booster = booster;
    this.columns = columns;
  }

  /**
   * The trees of the bytes that {@link Boosting#train} gave.
   *
   * @param columns features in a row
   */
  public static KeptTrees load(byte[] bytes, int columns) {
    try {
      Booster booster = XGBoost.loadModel(bytes);
      // Tasks run side by side already.
      booster.setParam("nthread", 1);
      return new KeptTrees(booster, columns);
    } catch (XGBoostError | IOException e) {
      throw failed("the kept model cannot be loaded", e);
    }
  }

  /** One value per row. */
  public float[] predict(float[] rows, int count) {
    try {
      float[][] predicted = booster.inplace_predict(rows, count, columns, Float.NaN);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = predicted[i][0];
      }
      return values;
    } catch (XGBoostError e) {
      throw failed("prediction failed", e);
    }
  }

  /**
   * What each feature adds to a row's value, and what is the same for all rows at the end.
   * TreeSHAP: exact, and some hundred times as dear as a prediction.
   */
  public float[][] contributions(float[] rows, int count) {
    try {
      DMatrix matrix = new DMatrix(rows, count, columns, Float.NaN);
      try {
        return booster.predictContrib(matrix, 0);
      } finally {
        matrix.dispose();
      }
    } catch (XGBoostError e) {
      throw failed("explaining failed", e);
    }
  }

  /**
   * Tables for {@link #contributions} of many rows, without what is the same for all rows; empty
   * where a tree is too deep for them.
   */
  public Optional<PathShares> shares() {
    try {
      return PathShares.of(booster.getModelDump("", true, "json"), columns);
    } catch (XGBoostError e) {
      throw failed("the trees cannot be described", e);
    }
  }

  @Override
  public void close() {
    booster.dispose();
  }

  /** The error of trees that could not be trained or used. */
  public static PosException failed(String what, Exception cause) {
    return PosException.infrastructure(
        what + ": " + cause.getMessage(),
        "XGBoost",
        "Check memory and the platform (Linux or macOS, x86-64 or arm64). Forecasts go without XGBoost"
            + " where forecast.xgboost.enabled is false.",
        cause);
  }
}
