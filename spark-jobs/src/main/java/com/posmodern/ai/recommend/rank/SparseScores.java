package com.posmodern.ai.recommend.rank;

/**
 * Sparse sums by index whose cost depends only on the entries touched: created once per task,
 * cleared for each customer.
 */
final class SparseScores {
  private final float[] sums;
  private final int[] touched;
  private int size;

  SparseScores(int numbers) {
    this.sums = new float[numbers];
    this.touched = new int[numbers];
  }

  /**
   * @param amount greater than 0
   */
  void add(int number, float amount) {
    if (sums[number] == 0) {
      touched[size++] = number;
    }
    sums[number] += amount;
  }

  float sum(int number) {
    return sums[number];
  }

  int size() {
    return size;
  }

  /** Indices with a sum, in the order in which they were first added. */
  int touched(int place) {
    return touched[place];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
    }
    size = 0;
  }
}
