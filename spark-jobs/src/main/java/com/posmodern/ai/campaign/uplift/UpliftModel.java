package com.posmodern.ai.campaign.uplift;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.model.KeptTrees;
import java.io.IOException;

/**
 * The effect of a message as stored.
 *
 * @param ofTreated XGBoost's trees of the effect, learnt from customers with a message; empty where
 *     the order by propensity stands in
 * @param ofControls the same from customers without one
 * @param share of customers with a message among those learnt from
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes of XGBoost's own format.
record UpliftModel(int width, byte[] ofTreated, byte[] ofControls, double share) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Says that audiences are ordered by propensity. */
  static UpliftModel none(int width) {
    return new UpliftModel(width, new byte[0], new byte[0], 0);
  }

  byte[] toBytes() {
    try {
      return JSON.writeValueAsBytes(this);
    } catch (IOException e) {
      throw new IllegalStateException("an uplift model cannot be written as JSON", e);
    }
  }

  /**
   * Reads a stored model.
   *
   * @throws PosException bad data: the bytes are not a model
   */
  static UpliftModel ofBytes(byte[] bytes) {
    try {
      return JSON.readValue(bytes, UpliftModel.class);
    } catch (IOException e) {
      throw PosException.badData(
          "a stored uplift model cannot be read: " + e.getMessage(),
          "models/propensity_models",
          "Run uplift-train again.");
    }
  }

  boolean isUsed() {
    return ofTreated.length > 0;
  }

  /** Revenue that a message brings, one value per row. */
  double[] effects(UpliftRows rows) {
    try (Effects effects = open()) {
      return effects.of(rows.features(), rows.size());
    }
  }

  Effects open() {
    return new Effects(KeptTrees.load(ofTreated, width), KeptTrees.load(ofControls, width), share);
  }

  /** Ready to score; holds native memory until it is closed. */
  record Effects(KeptTrees ofTreated, KeptTrees ofControls, double share) implements AutoCloseable {
    double[] of(float[] rows, int count) {
      float[] gained = ofTreated.predict(rows, count);
      float[] missed = ofControls.predict(rows, count);
      double[] effects = new double[count];
      for (int row = 0; row < count; row++) {
        effects[row] = share * missed[row] + (1 - share) * gained[row];
      }
      return effects;
    }

    @Override
    public void close() {
      ofTreated.close();
      ofControls.close();
    }
  }
}
