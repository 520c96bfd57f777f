package com.posmodern.ai.recommend.rank;

/**
 * Sparse sums by index whose cost depends only on the entries touched: created once per task,
 * cleared for each customer.
 */
final class SparseScores {
  private final float[] sums;
  private final boolean[] added;
  private final int[] touched;
  private int size;

  SparseScores(int numbers) {
    this.sums = new float[numbers];
    this.added = new boolean[numbers];
    this.touched = new int[numbers];
  }

  void add(int number, float amount) {
    if (!added[number]) {
      added[number] = true;
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

  /** Indices that were added to, in the order in which they were first added. */
  int touched(int place) {
    return touched[place];
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
      added[touched[i]] = false;
    }
    size = 0;
  }
}
