package com.posmodern.ai.recommend.rank;

import java.util.Arrays;
import java.util.List;

/** The buyers of each product: an inverted index of the baskets. */
final class Postings {
  private Postings() {}

  /**
   * Inverts the baskets.
   *
   * @param baskets distinct products of each customer
   * @return positions of the baskets by product, ascending
   */
  static int[][] of(List<int[]> baskets, int products) {
    int[] buyers = new int[products];
    baskets.forEach(basket -> Arrays.stream(basket).forEach(product -> buyers[product]++));
    int[][] postings = new int[buyers.length][];
    for (int product = 0; product < buyers.length; product++) {
      postings[product] = new int[buyers[product]];
    }
    int[] filled = new int[buyers.length];
    for (int customer = 0; customer < baskets.size(); customer++) {
      for (int product : baskets.get(customer)) {
        postings[product][filled[product]++] = customer;
      }
    }
    return postings;
  }
}
