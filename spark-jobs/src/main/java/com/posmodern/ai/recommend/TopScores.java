package com.posmodern.ai.recommend;

import java.util.Arrays;

/** The best of many scores in bounded memory; of equal scores the lower index ranks first. */
public final class TopScores {
  private final long[] heap;
  private int size;

  /**
   * @param most number of scores to keep
   */
  public TopScores(int most) {
    this.heap = new long[most];
  }

  /** Removes all scores. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds a score; it is kept while it is among the best.
   *
   * @param score not negative and not NaN
   */
  public void offer(int number, float score) {
    // The bits of non-negative floats sort like the floats.
    long key = ((long) Float.floatToIntBits(score) << 32) | (Integer.MAX_VALUE - number);
    if (size < heap.length) {
      heap[size++] = key;
      up(size - 1);
    } else if (heap.length > 0 && key > heap[0]) {
      heap[0] = key;
      down();
    }
  }

  /** Returns the indices, best first, and empties it. */
  public int[] numbers() {
    long[] keys = Arrays.copyOf(heap, size);
    Arrays.sort(keys);
    int[] numbers = new int[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = Integer.MAX_VALUE - (int) keys[size - 1 - i];
    }
    size = 0;
    return numbers;
  }

  private void up(int start) {
    int place = start;
    while (place > 0 && heap[place] < heap[(place - 1) / 2]) {
      swap(place, (place - 1) / 2);
      place = (place - 1) / 2;
    }
  }

  private void down() {
    int place = 0;
    while (true) {
      int least = place;
      for (int child = 2 * place + 1; child <= 2 * place + 2 && child < size; child++) {
        if (heap[child] < heap[least]) {
          least = child;
        }
      }
      if (least == place) {
        return;
      }
      swap(place, least);
      place = least;
    }
  }

  private void swap(int one, int other) {
    long former = heap[one];
    heap[one] = heap[other];
    heap[other] = former;
  }
}
