package com.posmodern.ai.campaign.propensity;

/** Turns rows of features into scores, and says what made a score. */
interface Scorer extends AutoCloseable {
  /** Probabilities, or amounts. */
  double[] scores(float[] rows, int count);

  /** What each feature adds to a row's score, on a scale of the scorer's own. */
  float[][] contributions(float[] rows, int count);

  @Override
  default void close() {}
}
