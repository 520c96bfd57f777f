package com.posmodern.ai.recommend.rank;

import com.posmodern.ai.recommend.TopScores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Everything known about the products on a day, from the pool's purchases up to that day and
 * nothing later. Its size is bounded by the pool and the number of products.
 */
final class Knowledge implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Maximum number of distinct products of a customer for counting pairs, which grow with the
   * square.
   */
  private static final int BASKET = 200;

  private static final int NEIGHBOUR_CUSTOMERS = 5000;
  private static final int POPULAR = 60;
  private static final int POPULAR_THIS_WEEK = 40;
  private static final int POPULAR_IN_STORE = 30;
  private static final int NEW = 200;

  final int day;
  final Products products;
  final boolean[] offered;
  final ProductFigures figures;
  final ProductNeighbours productNeighbours;
  final ProductRegression productRegression;
  final CustomerNeighbours customerNeighbours;

  /** Share of the purchases of the last 28 days per category. */
  final float[] categoryShare;

  /** Offered products, most bought first. */
  final int[] popular;

  final int[] popularThisWeek;

  /** Recently launched offered products that the pool has not bought. */
  final int[] unseen;

  /** Every product by number of buyers, offered or not. */
  final int[] allPopular;

  private Knowledge(
      int day,
      Products products,
      boolean[] offered,
      ProductFigures figures,
      ProductNeighbours productNeighbours,
      ProductRegression productRegression,
      CustomerNeighbours customerNeighbours,
      int newDays) {
    this.day = day;
    this.products = products;
    this.offered = offered;
    this.figures = figures;
    this.productNeighbours = productNeighbours;
    this.productRegression = productRegression;
    this.customerNeighbours = customerNeighbours;
    this.categoryShare = categoryShare(products, figures);
    this.popular = best(figures.daily28, offered, POPULAR);
    this.popularThisWeek = best(figures.daily7, offered, POPULAR_THIS_WEEK);
    this.allPopular = mostBuyers(figures.buyers);
    this.unseen = unseen(newDays);
    figures.keepBest(offered, POPULAR_IN_STORE);
  }

  /**
   * Computes the knowledge from the pool.
   *
   * @param offered products that may be recommended on the following day
   * @param newDays days for which a launched product counts as new
   */
  static Knowledge of(
      List<PurchaseHistory> pool, int day, Products products, boolean[] offered, int newDays) {
    OwnPurchases own = new OwnPurchases(products.size());
    List<int[]> baskets = pool.stream().map(history -> basket(own, history, day)).toList();
    int[][] postings = Postings.of(baskets, products.size());
    ProductNeighbours neighbours = ProductNeighbours.of(baskets, postings);
    return new Knowledge(
        day,
        products,
        offered,
        ProductFigures.of(pool, day, products.size()),
        neighbours,
        ProductRegression.of(postings, baskets.size(), neighbours),
        CustomerNeighbours.of(pool, baskets, NEIGHBOUR_CUSTOMERS, day, products.size()),
        newDays);
  }

  /**
   * As {@link #of}, for a past day without records of stock: a product counts as stocked if the
   * pool bought it, or if it was launched, in the days before.
   */
  static Knowledge ofPast(
      List<PurchaseHistory> pool, int day, Products products, int stockedDays, int newDays) {
    boolean[] offered = new boolean[products.size()];
    for (PurchaseHistory history : pool) {
      int until = history.until(day);
      for (int i = history.until(day - stockedDays); i < until; i++) {
        offered[history.products()[i]] = true;
      }
    }
    for (int product = 0; product < offered.length; product++) {
      offered[product] |= products.launchedWithin(product, day, newDays);
    }
    return of(pool, day, products, offered, newDays);
  }

  /**
   * The products that represent a customer: those bought most often, with recent purchases weighted
   * higher.
   */
  static int[] basket(OwnPurchases own, PurchaseHistory history, int day) {
    own.read(history, day);
    return basket(own);
  }

  static int[] basket(OwnPurchases own) {
    TopScores top = new TopScores(BASKET);
    for (int i = 0; i < own.size(); i++) {
      top.offer(own.product(i), own.decayed(2, i));
    }
    int[] basket = top.numbers();
    Arrays.sort(basket);
    return basket;
  }

  private int[] unseen(int newDays) {
    TopScores top = new TopScores(NEW);
    for (int product = 0; product < offered.length; product++) {
      if (offered[product]
          && figures.buyers[product] == 0
          && products.launchedWithin(product, day, newDays)) {
        top.offer(product, 0);
      }
    }
    return top.numbers();
  }

  private static int[] best(float[] score, boolean[] among, int most) {
    TopScores top = new TopScores(most);
    for (int product = 0; product < score.length; product++) {
      if (among[product] && score[product] > 0) {
        top.offer(product, score[product]);
      }
    }
    return top.numbers();
  }

  private static int[] mostBuyers(int[] buyers) {
    TopScores top = new TopScores(POPULAR);
    for (int product = 0; product < buyers.length; product++) {
      if (buyers[product] > 0) {
        top.offer(product, buyers[product]);
      }
    }
    return top.numbers();
  }

  private static float[] categoryShare(Products products, ProductFigures figures) {
    float[] share = new float[products.categories()];
    float sum = 0;
    for (int product = 0; product < products.size(); product++) {
      share[products.category(product)] += figures.daily28[product];
      sum += figures.daily28[product];
    }
    for (int category = 0; category < share.length; category++) {
      share[category] /= Math.max(sum, Float.MIN_NORMAL);
    }
    return share;
  }
}
