package com.posmodern.ai.recommend.rank;

/**
 * Counts the customers that a few products have in common, in memory that depends on the number of
 * customers alone: each customer has a bit for each of the products. One per thread.
 */
final class CommonBuyers {
  private final int[][] postings;
  private final long[] bits;
  private final int[] touched;
  private int size;
  private int products;

  /**
   * @param postings as of {@link Postings}
   * @param customers number of baskets in the postings
   */
  CommonBuyers(int[][] postings, int customers) {
    this.postings = postings;
    this.bits = new long[customers];
    this.touched = new int[customers];
  }

  /**
   * Takes the products to count with; the former ones are forgotten.
   *
   * @param some distinct, at most 64
   */
  void read(int[] some) {
    for (int i = 0; i < size; i++) {
      bits[touched[i]] = 0;
    }
    size = 0;
    products = some.length;
    for (int i = 0; i < products; i++) {
      for (int customer : postings[some[i]]) {
        if (bits[customer] == 0) {
          touched[size++] = customer;
        }
        bits[customer] |= 1L << i;
      }
    }
  }

  /** Common buyers of each two of the products; on the diagonal the buyers of each. */
  double[][] amongThem() {
    double[][] common = new double[products][products];
    for (int i = 0; i < size; i++) {
      for (long left = bits[touched[i]]; left != 0; left &= left - 1) {
        double[] row = common[Long.numberOfTrailingZeros(left)];
        for (long other = left; other != 0; other &= other - 1) {
          row[Long.numberOfTrailingZeros(other)]++;
        }
      }
    }
    for (int row = 0; row < products; row++) {
      for (int column = 0; column < row; column++) {
        common[row][column] = common[column][row];
      }
    }
    return common;
  }

  /** Buyers that each of the products has in common with another product. */
  double[] with(int product) {
    double[] common = new double[products];
    for (int customer : postings[product]) {
      for (long left = bits[customer]; left != 0; left &= left - 1) {
        common[Long.numberOfTrailingZeros(left)]++;
      }
    }
    return common;
  }
}
