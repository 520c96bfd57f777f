package com.posmodern.ai.forecast;

import java.util.Optional;

/** A trained model in memory: rows of features in, demand ÷ level out. Not shared by threads. */
interface Forecaster extends AutoCloseable {
  /**
   * Predicts many rows at once.
   *
   * @param rows {@link Feature#COUNT} numbers per row
   */
  float[] predict(float[] rows, int count);

  /**
   * Contribution of each feature to the logarithm of each prediction, and last the bias; they add
   * up to it. Empty for a model that cannot be explained.
   */
  default Optional<float[][]> contributions(float[] rows, int count) {
    return Optional.empty();
  }

  @Override
  default void close() {}
}
