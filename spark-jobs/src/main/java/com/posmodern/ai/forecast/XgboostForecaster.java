package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.model.Boosting;
import java.io.IOException;
import java.util.Optional;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * XGBoost with Tweedie loss: many zeros, and a variance that grows with the mean. The loss won the
 * M5 competition's top places (Makridakis et al., "M5 accuracy competition", International Journal
 * of Forecasting 38, 2022).
 *
 * <p>Trained by the plain Java API on a bounded sample in one process, not by XGBoost4J-Spark: the
 * sample is bounded so that nothing grows, and on it the plain API measured 1.0 s against 3.6 to
 * 5.2 s, needs no tracker, and gives the same bits every time for the same number of threads.
 * Scoring is distributed: every task loads the bytes.
 */
final class XgboostForecaster implements Forecaster {
  private static final String FORMAT = "ubj";

  private final Booster booster;

  private XgboostForecaster(Booster booster) {
    this.booster = booster;
  }

  static TrainedModel train(TrainingSet rows, ForecastSettings.Xgboost settings, long seed) {
    try {
      byte[] payload =
          new Boosting("reg:tweedie", settings, seed)
              .with("tweedie_variance_power", settings.tweedieVariancePower())
              .train(
                  rows.features(),
                  rows.rows(),
                  Feature.COUNT,
                  matrix -> {
                    matrix.setLabel(rows.targets());
                    matrix.setWeight(weights(rows, settings.volumeWeight()));
                  },
                  FORMAT);
      return new TrainedModel(Candidate.XGBOOST_TWEEDIE, payload, rows.rows());
    } catch (XGBoostError e) {
      throw failed("training failed", e);
    }
  }

  static XgboostForecaster load(byte[] payload) {
    try {
      Booster booster = XGBoost.loadModel(payload);
      // Tasks run side by side already.
      booster.setParam("nthread", 1);
      return new XgboostForecaster(booster);
    } catch (XGBoostError | IOException e) {
      throw failed("the kept model cannot be loaded", e);
    }
  }

  @Override
  public float[] predict(float[] rows, int count) {
    try {
      float[][] predicted = booster.inplace_predict(rows, count, Feature.COUNT, Float.NaN);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = predicted[i][0];
      }
      return values;
    } catch (XGBoostError e) {
      throw failed("prediction failed", e);
    }
  }

  /** TreeSHAP: exact, and some hundred times as dear as a prediction. */
  @Override
  public Optional<float[][]> contributions(float[] rows, int count) {
    try {
      DMatrix matrix = new DMatrix(rows, count, Feature.COUNT, Float.NaN);
      try {
        return Optional.of(booster.predictContrib(matrix, 0));
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

  /** A series counts by a power of its level: errors on large ones cost more. */
  private static float[] weights(TrainingSet rows, double power) {
    float[] weights = new float[rows.rows()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.pow(rows.levels()[i], power);
    }
    return weights;
  }

  private static PosException failed(String what, Exception cause) {
    return PosException.infrastructure(
        what + ": " + cause.getMessage(),
        "XGBoost",
        "Check memory and the platform (Linux or macOS, x86-64 or arm64), or set"
            + " forecast.xgboost.enabled to false.",
        cause);
  }
}
