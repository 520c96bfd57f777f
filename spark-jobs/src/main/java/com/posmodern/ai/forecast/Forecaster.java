package com.posmodern.ai.forecast;

/** A trained model in memory: rows of features in, demand ÷ level out. Not shared by threads. */
interface Forecaster extends AutoCloseable {
  /**
   * Predicts many rows at once.
   *
   * @param rows {@link Feature#COUNT} numbers per row
   */
  float[] predict(float[] rows, int count);

  @Override
  default void close() {}
}
