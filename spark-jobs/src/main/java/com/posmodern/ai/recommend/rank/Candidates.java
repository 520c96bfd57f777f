package com.posmodern.ai.recommend.rank;

import java.util.Arrays;

/**
 * The products that may enter one customer's list, with their features.
 *
 * @param store usual store, -1 when unknown
 * @param visits number of visits of the customer
 * @param products distinct
 * @param features rows of {@link PairFeature#COUNT}, one per product
 */
@SuppressWarnings("ArrayRecordComponent") // Thousands of numbers per customer.
record Candidates(int store, int visits, int[] products, float[] features) {
  int size() {
    return products.length;
  }

  float feature(int row, PairFeature feature) {
    return features[row * PairFeature.COUNT + feature.place()];
  }

  /** Whether the customer bought the product before. */
  boolean bought(int row) {
    return feature(row, PairFeature.TIMES) > 0;
  }

  /** Only the given rows. */
  Candidates rows(int[] kept) {
    int[] some = new int[kept.length];
    float[] theirs = new float[kept.length * PairFeature.COUNT];
    for (int i = 0; i < kept.length; i++) {
      some[i] = products[kept[i]];
      System.arraycopy(
          features, kept[i] * PairFeature.COUNT, theirs, i * PairFeature.COUNT, PairFeature.COUNT);
    }
    return new Candidates(store, visits, some, theirs);
  }

  /** Row of a product; -1 when it is not a candidate. */
  int row(int product) {
    for (int i = 0; i < products.length; i++) {
      if (products[i] == product) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public String toString() {
    return "candidates " + Arrays.toString(products);
  }
}
