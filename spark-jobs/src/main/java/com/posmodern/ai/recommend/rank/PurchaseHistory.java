package com.posmodern.ai.recommend.rank;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The purchases of one customer, oldest first: a product counts once a day, because twelve cans on
 * one receipt are one choice.
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Arrays, because a whole pool is held in memory and lists would box
// the numbers.
record PurchaseHistory(String customer, int[] days, int[] products, int[] stores)
    implements Serializable {
  private static final int STORE_BITS = 20;
  private static final int PRODUCT_BITS = 26;

  /** Maximum number of stores. */
  static final int STORES = 1 << STORE_BITS;

  /** Maximum number of products. */
  static final int PRODUCTS = 1 << PRODUCT_BITS;

  /** SQL that packs a purchase into a number that sorts by day, product and store. */
  static String packed(String day, String product, String store) {
    return "shiftleft(bigint(%s), %d) | shiftleft(bigint(%s), %d) | bigint(%s)"
        .formatted(day, PRODUCT_BITS + STORE_BITS, product, STORE_BITS, store);
  }

  /**
   * Unpacks purchases.
   *
   * @param packed as of {@link #packed}, in any order
   * @param most maximum number of newest purchases to keep
   */
  static PurchaseHistory of(String customer, long[] packed, int most) {
    long[] sorted = packed.clone();
    Arrays.sort(sorted);
    int[] days = new int[sorted.length];
    int[] products = new int[sorted.length];
    int[] stores = new int[sorted.length];
    int size = 0;
    for (long purchase : sorted) {
      int day = (int) (purchase >> (PRODUCT_BITS + STORE_BITS));
      int product = (int) (purchase >> STORE_BITS) & (PRODUCTS - 1);
      if (size > 0 && days[size - 1] == day && products[size - 1] == product) {
        continue;
      }
      days[size] = day;
      products[size] = product;
      stores[size++] = (int) purchase & (STORES - 1);
    }
    int from = Math.max(0, size - most);
    return new PurchaseHistory(
        customer,
        Arrays.copyOfRange(days, from, size),
        Arrays.copyOfRange(products, from, size),
        Arrays.copyOfRange(stores, from, size));
  }

  /** Number of purchases up to and with the day. */
  int until(int day) {
    int low = 0;
    int high = days.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (days[middle] <= day) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Distinct products bought after one day, up to and with another, in ascending order. */
  int[] boughtBetween(int after, int last) {
    return Arrays.stream(products, until(after), until(last)).sorted().distinct().toArray();
  }
}
