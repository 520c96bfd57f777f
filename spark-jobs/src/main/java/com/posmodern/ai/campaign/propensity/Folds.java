package com.posmodern.ai.campaign.propensity;

/** Folds of customers for cross-fitting. */
public final class Folds {
  private Folds() {}

  /**
   * The fold of a customer, from 0.
   *
   * @param customer the number that stands for them
   */
  public static int of(long customer, int folds) {
    return (int) Long.remainderUnsigned((customer * 0x9E3779B97F4A7C15L) >>> 16, folds);
  }
}
