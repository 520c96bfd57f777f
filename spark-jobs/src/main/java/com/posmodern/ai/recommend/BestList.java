package com.posmodern.ai.recommend;

import java.io.Serializable;

/**
 * The best products seen so far: bounded in length and per category, equal scores in the order of
 * the product index.
 *
 * <p>Offering products one by one, or merging the lists of two sets of products, gives exactly what
 * sorting all of them and walking down with the category cap gives: what a capped list has dropped
 * once can never come back, because only better products pushed it out.
 */
final class BestList implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int maxPerCategory;
  private final int[] products;
  private final double[] scores;
  private final long[] categories;
  private int size;

  BestList(int length, int maxPerCategory) {
    this.maxPerCategory = maxPerCategory;
    this.products = new int[length];
    this.scores = new double[length];
    this.categories = new long[length];
  }

  void offer(int product, double score, long category) {
    boolean full = size == products.length;
    if (Double.isNaN(score) || (full && !isBetter(score, product, size - 1))) {
      return;
    }
    int inCategory = 0;
    int worstOfCategory = -1;
    for (int place = 0; place < size; place++) {
      if (categories[place] == category) {
        inCategory++;
        worstOfCategory = place;
      }
    }
    if (inCategory == maxPerCategory) {
      if (!isBetter(score, product, worstOfCategory)) {
        return;
      }
      move(worstOfCategory + 1, worstOfCategory, size - worstOfCategory - 1);
      size--;
    } else if (full) {
      size--;
    }
    insert(product, score, category);
  }

  BestList merge(BestList other) {
    for (int place = 0; place < other.size; place++) {
      offer(other.products[place], other.scores[place], other.categories[place]);
    }
    return this;
  }

  int size() {
    return size;
  }

  int product(int place) {
    return products[place];
  }

  double score(int place) {
    return scores[place];
  }

  private void insert(int product, double score, long category) {
    int place = size;
    while (place > 0 && isBetter(score, product, place - 1)) {
      place--;
    }
    move(place, place + 1, size - place);
    products[place] = product;
    scores[place] = score;
    categories[place] = category;
    size++;
  }

  private void move(int from, int to, int count) {
    System.arraycopy(products, from, products, to, count);
    System.arraycopy(scores, from, scores, to, count);
    System.arraycopy(categories, from, categories, to, count);
  }

  private boolean isBetter(double score, int product, int place) {
    return score > scores[place] || (score == scores[place] && product < products[place]);
  }
}
