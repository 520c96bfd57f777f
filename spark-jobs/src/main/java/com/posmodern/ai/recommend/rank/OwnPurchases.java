package com.posmodern.ai.recommend.rank;

import java.util.Arrays;

/**
 * One customer's purchases up to a day by distinct product, with statistics on repetition. Created
 * once per task and reused for each customer.
 */
final class OwnPurchases {
  /** Half-lives of the decayed counts, in days. */
  static final int[] HALF_LIVES = {14, 45, 120, 365};

  private static final int NONE = -1;

  private final int[] places;
  private int[] products = new int[64];
  private int[] times = new int[64];
  private int[] first = new int[64];
  private int[] last = new int[64];
  private int[] lastVisit = new int[64];
  private float[][] decayed = new float[HALF_LIVES.length][64];
  private int size;
  private int visits;
  private int purchases;
  private int firstDay;
  private int lastDay;
  private int store;

  OwnPurchases(int products) {
    this.places = new int[products];
    Arrays.fill(places, NONE);
  }

  void read(PurchaseHistory history, int day) {
    for (int i = 0; i < size; i++) {
      places[products[i]] = NONE;
    }
    size = 0;
    visits = 0;
    purchases = history.until(day);
    int before = Integer.MIN_VALUE;
    for (int i = 0; i < purchases; i++) {
      int bought = history.days()[i];
      if (bought != before) {
        visits++;
        before = bought;
      }
      add(history.products()[i], bought, day - bought);
    }
    firstDay = purchases == 0 ? day : history.days()[0];
    lastDay = before;
    store = usualStore(history.stores(), purchases);
  }

  private void add(int product, int bought, int age) {
    int place = places[product];
    if (place == NONE) {
      place = size++;
      grow();
      places[product] = place;
      products[place] = product;
      times[place] = 0;
      first[place] = bought;
      for (float[] sums : decayed) {
        sums[place] = 0;
      }
    }
    times[place]++;
    last[place] = bought;
    lastVisit[place] = visits;
    for (int i = 0; i < HALF_LIVES.length; i++) {
      decayed[i][place] += Decay.weight(age, HALF_LIVES[i]);
    }
  }

  private void grow() {
    if (size > products.length) {
      int length = 2 * size;
      products = Arrays.copyOf(products, length);
      times = Arrays.copyOf(times, length);
      first = Arrays.copyOf(first, length);
      last = Arrays.copyOf(last, length);
      lastVisit = Arrays.copyOf(lastVisit, length);
      for (int i = 0; i < decayed.length; i++) {
        decayed[i] = Arrays.copyOf(decayed[i], length);
      }
    }
  }

  /** The store with most purchases, on ties the lower index; -1 without purchases. */
  private static int usualStore(int[] stores, int count) {
    int[] sorted = Arrays.copyOf(stores, count);
    Arrays.sort(sorted);
    int usual = NONE;
    int most = 0;
    for (int from = 0; from < count; ) {
      int to = from;
      while (to < count && sorted[to] == sorted[from]) {
        to++;
      }
      if (to - from > most) {
        most = to - from;
        usual = sorted[from];
      }
      from = to;
    }
    return usual;
  }

  /** Distinct products. */
  int size() {
    return size;
  }

  /** Position of a product; -1 when it was never bought. */
  int place(int product) {
    return places[product];
  }

  int product(int place) {
    return products[place];
  }

  /** Days on which the product was bought. */
  int times(int place) {
    return times[place];
  }

  int first(int place) {
    return first[place];
  }

  int last(int place) {
    return last[place];
  }

  /** Mean days between two purchases; NaN after a single one. */
  float interval(int place) {
    return times[place] > 1 ? (last[place] - first[place]) / (float) (times[place] - 1) : Float.NaN;
  }

  /** Number of visits since the product was last bought; 0 if it was bought on the last visit. */
  int visitsSince(int place) {
    return visits - lastVisit[place];
  }

  /**
   * @param halfLife place in {@link #HALF_LIVES}
   */
  float decayed(int halfLife, int place) {
    return decayed[halfLife][place];
  }

  int visits() {
    return visits;
  }

  /** A product counts once a day. */
  int purchases() {
    return purchases;
  }

  int firstDay() {
    return firstDay;
  }

  int lastDay() {
    return lastDay;
  }

  int store() {
    return store;
  }
}
