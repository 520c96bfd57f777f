package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * Rows to train on.
 *
 * @param features row by row
 * @param columns features per row, {@link Feature#COUNT} or {@link Feature#WITHOUT_SIGNALS}
 * @param targets demand ÷ level of the target day
 * @param levels level of the series at the origin
 */
@SuppressWarnings("ArrayRecordComponent") // A matrix of hundreds of thousands of rows.
record TrainingSet(float[] features, int columns, float[] targets, float[] levels)
    implements Serializable {

  /** Rows of all features. */
  TrainingSet(float[] features, float[] targets, float[] levels) {
    this(features, Feature.COUNT, targets, levels);
  }

  int rows() {
    return targets.length;
  }

  /** The same rows without {@link Feature#EVENT_DISTANCE} and the trends. */
  TrainingSet withoutSignals() {
    int count = Feature.WITHOUT_SIGNALS;
    return columns == count
        ? this
        : new TrainingSet(Feature.first(count, features), count, targets, levels);
  }

  /** Evenly spread rows, at most as many as asked for. */
  TrainingSet thinned(int most) {
    if (rows() <= most) {
      return this;
    }
    float[] thinFeatures = new float[most * columns];
    float[] thinTargets = new float[most];
    float[] thinLevels = new float[most];
    for (int i = 0; i < most; i++) {
      int from = (int) ((long) i * rows() / most);
      System.arraycopy(features, from * columns, thinFeatures, i * columns, columns);
      thinTargets[i] = targets[from];
      thinLevels[i] = levels[from];
    }
    return new TrainingSet(thinFeatures, columns, thinTargets, thinLevels);
  }
}
