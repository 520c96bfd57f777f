package com.posmodern.ai.campaign.propensity;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.util.Arrays;

/**
 * A trained model as stored: trees with their calibration, or the simple method that stands in for
 * them. Exactly one of the three is present.
 *
 * @param trees XGBoost's bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of a library's own format.
@JsonInclude(JsonInclude.Include.NON_NULL)
record PropensityModel(
    int width,
    byte[] trees,
    IsotonicCalibration calibration,
    LogisticRegression logistic,
    RfmCells cells) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static PropensityModel of(int width, byte[] trees, IsotonicCalibration calibration) {
    return new PropensityModel(width, trees, calibration, null, null);
  }

  static PropensityModel of(LogisticRegression logistic) {
    return new PropensityModel(logistic.width(), null, null, logistic, null);
  }

  static PropensityModel of(RfmCells cells) {
    return new PropensityModel(cells.width(), null, null, null, cells);
  }

  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("a propensity model cannot be written as JSON", e);
    }
  }

  /**
   * Reads a stored model.
   *
   * @throws PosException bad data: the bytes are not a model
   */
  static PropensityModel ofBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, PropensityModel.class);
    } catch (IOException e) {
      throw PosException.badData(
          "a stored propensity model cannot be read: " + e.getMessage(),
          "models/propensity_models",
          "Run propensity-train again.");
    }
  }

  /** Ready to score; holds native memory until it is closed. */
  Scorer open() {
    if (trees == null) {
      return logistic == null ? cells : logistic;
    }
    TreeScorer raw = TreeScorer.load(trees, width);
    return new Scorer() {
      @Override
      public double[] scores(float[] rows, int count) {
        return calibration.apply(raw.scores(rows, count));
      }

      @Override
      public float[][] contributions(float[] rows, int count) {
        return raw.contributions(rows, count);
      }

      @Override
      public void close() {
        raw.close();
      }
    };
  }

  double[] scores(Examples rows) {
    try (Scorer scorer = open()) {
      return Arrays.copyOf(scorer.scores(rows.features(), rows.size()), rows.size());
    }
  }
}
