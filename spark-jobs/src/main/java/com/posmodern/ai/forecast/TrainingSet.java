package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Rows to train on.
 *
 * @param features {@link Feature#COUNT} numbers per row
 * @param targets demand ÷ level of the target day
 * @param levels level of the series at the origin
 */
@SuppressWarnings("ArrayRecordComponent") // A matrix of hundreds of thousands of rows.
record TrainingSet(float[] features, float[] targets, float[] levels) implements Serializable {

  int rows() {
    return targets.length;
  }

  /** Evenly spread rows, at most as many as asked for. */
  TrainingSet thinned(int most) {
    if (rows() <= most) {
      return this;
    }
    float[] thinFeatures = new float[most * Feature.COUNT];
    float[] thinTargets = new float[most];
    float[] thinLevels = new float[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * rows() / most);
      System.arraycopy(
          features, from * Feature.COUNT, thinFeatures, i * Feature.COUNT, Feature.COUNT);
      thinTargets[i] = targets[from];
      thinLevels[i] = levels[from];
    }
    return new TrainingSet(thinFeatures, thinTargets, thinLevels);
  }
}
