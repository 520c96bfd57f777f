package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.util.Arrays;

/**
 * Proposes candidates for a customer from the generators and computes their features. One per task:
 * its memory depends on the number of products, not of customers.
 */
final class CandidateFinder {
  private static final int OWN = 150;
  private static final int PER_GENERATOR = 35;
  private static final int LIKE_LAST_VISIT = 15;
  private static final int NEW_PRODUCTS = 10;

  /** With fewer offered candidates the list may be filled with products that are not stocked. */
  private static final int FEW = 60;

  private static final int HALF_LIFE_120 = 2;

  private final Knowledge knowledge;
  private final OwnPurchases own;
  private final SparseScores byProducts;
  private final SparseScores byRegression;
  private final SparseScores byLastVisit;
  private final SparseScores byCustomers;
  private final SparseScores commonProducts;
  private final boolean[] chosen;
  private final int[] found;
  private int size;

  CandidateFinder(Knowledge knowledge) {
    int products = knowledge.products.size();
    this.knowledge = knowledge;
    this.own = new OwnPurchases(products);
    this.byProducts = new SparseScores(products);
    this.byRegression = new SparseScores(products);
    this.byLastVisit = new SparseScores(products);
    this.byCustomers = new SparseScores(products);
    this.commonProducts = new SparseScores(knowledge.customerNeighbours.customers());
    this.chosen = new boolean[products];
    this.found = new int[products];
  }

  /**
   * Offered candidates of a customer, as of the day of the knowledge; their purchases are in own().
   */
  Candidates find(PurchaseHistory history) {
    own.read(history, knowledge.day);
    int[] basket = Knowledge.basket(own);
    score(history, basket);
    choose();
    int[] products = Arrays.copyOf(found, size);
    float[] features = describe(products);
    clear();
    return new Candidates(own.store(), own.visits(), products, features);
  }

  /** The purchases of the customer most recently processed. */
  OwnPurchases own() {
    return own;
  }

  private void score(PurchaseHistory history, int[] basket) {
    for (int product : basket) {
      int place = own.place(product);
      float weight = (float) Math.log1p(2 * own.decayed(HALF_LIFE_120, place));
      if (weight > 0) {
        knowledge.productNeighbours.addTo(byProducts, product, weight);
        knowledge.productRegression.addTo(byRegression, product, weight);
      }
    }
    int until = history.until(knowledge.day);
    for (int i = history.until(own.lastDay() - 1); i < until; i++) {
      knowledge.productNeighbours.addTo(byLastVisit, history.products()[i], 1);
    }
    knowledge.customerNeighbours.addTo(byCustomers, history.customer(), basket, commonProducts);
  }

  private void choose() {
    TopScores top = new TopScores(OWN);
    for (int i = 0; i < own.size(); i++) {
      if (knowledge.offered[own.product(i)]) {
        top.offer(own.product(i), own.decayed(HALF_LIFE_120, i));
      }
    }
    add(top.numbers());
    add(newFor(byRegression, PER_GENERATOR));
    add(newFor(byProducts, PER_GENERATOR));
    add(newFor(byCustomers, PER_GENERATOR));
    add(newFor(byLastVisit, LIKE_LAST_VISIT));
    add(knowledge.figures.bestInStore(own.store()));
    add(knowledge.popular);
    add(knowledge.popularThisWeek);
    top = new TopScores(NEW_PRODUCTS);
    float[] shares = categoryShares();
    for (int product : knowledge.unseen) {
      top.offer(product, shares[knowledge.products.category(product)]);
    }
    add(top.numbers());
    if (size < FEW) {
      add(knowledge.allPopular);
    }
  }

  /**
   * The best products of a generator among those that are offered and that the customer never
   * bought.
   */
  private int[] newFor(SparseScores scores, int most) {
    TopScores top = new TopScores(most);
    for (int i = 0; i < scores.size(); i++) {
      int product = scores.touched(i);
      if (knowledge.offered[product] && own.place(product) < 0 && scores.sum(product) > 0) {
        top.offer(product, scores.sum(product));
      }
    }
    return top.numbers();
  }

  private void add(int[] products) {
    for (int product : products) {
      if (!chosen[product]) {
        chosen[product] = true;
        found[size++] = product;
      }
    }
  }

  private void clear() {
    for (int i = 0; i < size; i++) {
      chosen[found[i]] = false;
    }
    size = 0;
    byProducts.clear();
    byRegression.clear();
    byLastVisit.clear();
    byCustomers.clear();
  }

  private float[] categoryShares() {
    float[] shares = new float[knowledge.products.categories()];
    float sum = 0;
    for (int i = 0; i < own.size(); i++) {
      shares[knowledge.products.category(own.product(i))] += own.decayed(HALF_LIFE_120, i);
      sum += own.decayed(HALF_LIFE_120, i);
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= Math.max(sum, Float.MIN_NORMAL);
    }
    return shares;
  }

  private float[] describe(int[] products) {
    PairDescription description =
        new PairDescription(
            knowledge, own, byProducts, byRegression, byLastVisit, byCustomers, categoryShares());
    float[] features = new float[products.length * PairFeature.COUNT];
    for (int row = 0; row < products.length; row++) {
      description.write(products[row], features, row * PairFeature.COUNT);
    }
    places(features, products.length, PairFeature.BY_PRODUCTS, PairFeature.PLACE_BY_PRODUCTS);
    places(features, products.length, PairFeature.BY_REGRESSION, PairFeature.PLACE_BY_REGRESSION);
    places(features, products.length, PairFeature.BY_CUSTOMERS, PairFeature.PLACE_BY_CUSTOMERS);
    places(features, products.length, PairFeature.DECAYED_120, PairFeature.PLACE_BY_FREQUENCY);
    return features;
  }

  /** Rank: one more than the number of candidates with a higher score. */
  private static void places(float[] features, int rows, PairFeature score, PairFeature place) {
    float[] sorted = new float[rows];
    for (int row = 0; row < rows; row++) {
      sorted[row] = features[row * PairFeature.COUNT + score.place()];
    }
    float[] values = sorted.clone();
    Arrays.sort(sorted);
    for (int row = 0; row < rows; row++) {
      int at = Arrays.binarySearch(sorted, values[row]);
      while (at + 1 < rows && sorted[at + 1] == values[row]) {
        at++;
      }
      features[row * PairFeature.COUNT + place.place()] = rows - at;
    }
  }
}
