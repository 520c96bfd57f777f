package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statistics per product from the pool's purchases up to a day. */
final class ProductFigures implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Days of purchases from which popularity in a store is computed. */
  private static final int STORE_DAYS = 56;

  /** Customers' purchases a day in the last 7, 28 and 84 days. */
  final float[] daily7;

  final float[] daily28;
  final float[] daily84;
  final int[] buyers;

  /** Share of the buyers who bought it again, shrunk towards one eighth when there are few. */
  final float[] repeats;

  /** Mean days between two purchases by the same customer; NaN when nobody bought it again. */
  final float[] interval;

  final int[] firstSold;
  final int[] lastSold;
  private final Map<Integer, StoreSales> perStore = new HashMap<>();

  private ProductFigures(int products) {
    daily7 = new float[products];
    daily28 = new float[products];
    daily84 = new float[products];
    buyers = new int[products];
    repeats = new float[products];
    interval = new float[products];
    firstSold = new int[products];
    lastSold = new int[products];
    Arrays.fill(firstSold, Integer.MAX_VALUE);
    Arrays.fill(lastSold, Integer.MIN_VALUE);
  }

  static ProductFigures of(List<PurchaseHistory> pool, int day, int products) {
    ProductFigures figures = new ProductFigures(products);
    int[] cameBack = new int[products];
    double[] intervals = new double[products];
    OwnPurchases own = new OwnPurchases(products);
    int recent = 0;
    for (PurchaseHistory history : pool) {
      int until = history.until(day);
      recent += until - history.until(day - STORE_DAYS);
      for (int i = 0; i < until; i++) {
        figures.add(history.products()[i], day - history.days()[i], history.days()[i]);
      }
      own.read(history, day);
      for (int i = 0; i < own.size(); i++) {
        int product = own.product(i);
        figures.buyers[product]++;
        if (own.times(i) > 1) {
          cameBack[product]++;
          intervals[product] += own.interval(i);
        }
      }
    }
    for (int product = 0; product < products; product++) {
      figures.repeats[product] = (cameBack[product] + 1f) / (figures.buyers[product] + 8f);
      figures.interval[product] =
          cameBack[product] == 0 ? Float.NaN : (float) (intervals[product] / cameBack[product]);
    }
    figures.addStores(pool, day, recent);
    return figures;
  }

  /** Share of the product in the store's recent purchases, in thousandths. */
  float inStore(int store, int product) {
    StoreSales sales = perStore.get(store);
    int place = sales == null ? -1 : Arrays.binarySearch(sales.products, product);
    return place < 0 ? 0 : sales.share[place];
  }

  /** The most bought offered products of the store, best first. */
  int[] bestInStore(int store) {
    StoreSales sales = perStore.get(store);
    return sales == null ? new int[0] : sales.best;
  }

  /** Keeps the best offered products of each store. */
  void keepBest(boolean[] offered, int most) {
    TopScores top = new TopScores(most);
    perStore.replaceAll(
        (store, sales) -> {
          for (int i = 0; i < sales.products.length; i++) {
            if (offered[sales.products[i]]) {
              top.offer(sales.products[i], sales.share[i]);
            }
          }
          return new StoreSales(sales.products, sales.share, top.numbers());
        });
  }

  private void add(int product, int age, int day) {
    daily7[product] += age < 7 ? 1 / 7f : 0;
    daily28[product] += age < 28 ? 1 / 28f : 0;
    daily84[product] += age < 84 ? 1 / 84f : 0;
    firstSold[product] = Math.min(firstSold[product], day);
    lastSold[product] = Math.max(lastSold[product], day);
  }

  private void addStores(List<PurchaseHistory> pool, int day, int purchases) {
    long[] sold = new long[purchases];
    int size = 0;
    for (PurchaseHistory history : pool) {
      int until = history.until(day);
      for (int i = history.until(day - STORE_DAYS); i < until; i++) {
        sold[size++] = ((long) history.stores()[i] << 32) | history.products()[i];
      }
    }
    Arrays.sort(sold);
    for (int from = 0; from < size; ) {
      int store = (int) (sold[from] >> 32);
      int to = from;
      while (to < size && (int) (sold[to] >> 32) == store) {
        to++;
      }
      perStore.put(store, StoreSales.of(sold, from, to));
      from = to;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Held once per store.
  private record StoreSales(int[] products, float[] share, int[] best) implements Serializable {
    static StoreSales of(long[] sold, int from, int to) {
      int[] products = new int[to - from];
      float[] share = new float[to - from];
      int size = 0;
      for (int i = from; i < to; i++) {
        int product = (int) sold[i];
        if (size == 0 || products[size - 1] != product) {
          products[size++] = product;
        }
        share[size - 1] += 1000f / (to - from);
      }
      return new StoreSales(Arrays.copyOf(products, size), Arrays.copyOf(share, size), new int[0]);
    }
  }
}
