package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.recommend.rank.PairFeature.*;

/** Computes the features of one customer's candidates. */
final class PairDescription {
  private final Knowledge knowledge;
  private final OwnPurchases own;
  private final SparseScores byProducts;
  private final SparseScores byRegression;
  private final SparseScores byLastVisit;
  private final SparseScores byCustomers;
  private final float[] categoryShares;
  private final float visitInterval;

  PairDescription(
      Knowledge knowledge,
      OwnPurchases own,
      SparseScores byProducts,
      SparseScores byRegression,
      SparseScores byLastVisit,
      SparseScores byCustomers,
      float[] categoryShares) {
    this.knowledge = knowledge;
    this.own = own;
    this.byProducts = byProducts;
    this.byRegression = byRegression;
    this.byLastVisit = byLastVisit;
    this.byCustomers = byCustomers;
    this.categoryShares = categoryShares;
    this.visitInterval =
        own.visits() > 1
            ? (own.lastDay() - own.firstDay()) / (float) (own.visits() - 1)
            : Float.NaN;
  }

  void write(int product, float[] row, int at) {
    int place = own.place(product);
    if (place >= 0) {
      ofPurchases(place, product, row, at);
    } else {
      ofNoPurchases(row, at);
    }
    put(row, at, BY_PRODUCTS, byProducts.sum(product));
    put(row, at, BY_REGRESSION, byRegression.sum(product));
    put(row, at, BY_LAST_VISIT, byLastVisit.sum(product));
    put(row, at, BY_CUSTOMERS, byCustomers.sum(product));
    ofProduct(product, row, at);
    ofCustomer(row, at);
  }

  private void ofPurchases(int place, int product, float[] row, int at) {
    float since = knowledge.day - own.last(place);
    float visits = Math.max(1, own.visits());
    put(row, at, TIMES, own.times(place));
    put(row, at, DECAYED_14, own.decayed(0, place));
    put(row, at, DECAYED_45, own.decayed(1, place));
    put(row, at, DECAYED_120, own.decayed(2, place));
    put(row, at, DECAYED_365, own.decayed(3, place));
    put(row, at, VISIT_SHARE, own.times(place) / visits);
    put(row, at, DAYS_SINCE, since);
    put(row, at, VISITS_SINCE, own.visitsSince(place));
    put(row, at, VISITS_SINCE_SHARE, own.visitsSince(place) / visits);
    put(row, at, SPAN, own.last(place) - own.first(place));
    put(row, at, INTERVAL, own.interval(place));
    put(row, at, DUE, since / own.interval(place));
    put(row, at, DUE_LIKE_OTHERS, since / knowledge.figures.interval[product]);
    put(row, at, SINCE_IN_VISITS, since / Math.max(1, visitInterval));
  }

  /** Sets counts to zero and times to unknown. */
  private static void ofNoPurchases(float[] row, int at) {
    for (PairFeature feature : UNKNOWN_WITHOUT_PURCHASE) {
      put(row, at, feature, Float.NaN);
    }
  }

  private void ofProduct(int product, float[] row, int at) {
    ProductFigures figures = knowledge.figures;
    int category = knowledge.products.category(product);
    float common = Math.max(knowledge.categoryShare[category], 1e-6f);
    put(row, at, IN_STORE, figures.inStore(own.store(), product));
    put(row, at, CATEGORY_SHARE, categoryShares[category]);
    put(row, at, CATEGORY_LIFT, categoryShares[category] / common);
    put(row, at, DAILY_7, figures.daily7[product]);
    put(row, at, DAILY_28, figures.daily28[product]);
    put(row, at, DAILY_84, figures.daily84[product]);
    put(row, at, TREND_7, trend(figures.daily7[product] * 7, figures.daily28[product] * 28));
    put(row, at, TREND_28, trend(figures.daily28[product] * 28, figures.daily84[product] * 84));
    put(row, at, BUYERS, figures.buyers[product]);
    put(row, at, REPEAT_SHARE, figures.repeats[product]);
    put(row, at, PRODUCT_INTERVAL, figures.interval[product]);
    boolean sold = figures.buyers[product] > 0;
    put(row, at, PRODUCT_AGE, sold ? knowledge.day - figures.firstSold[product] : 0);
    put(row, at, PRODUCT_SINCE, sold ? knowledge.day - figures.lastSold[product] : Float.NaN);
  }

  private void ofCustomer(float[] row, int at) {
    put(row, at, VISIT_SIZE, own.purchases() / (float) Math.max(1, own.visits()));
    put(row, at, REPEATS, 1 - own.size() / (float) Math.max(1, own.purchases()));
    put(row, at, SINCE_VISIT, knowledge.day - own.lastDay());
    put(row, at, VISIT_INTERVAL, visitInterval);
  }

  private static float trend(float few, float many) {
    return (few + 1) / (many + 1);
  }

  /** Infinite values become unknown: XGBoost does not accept infinite numbers. */
  private static void put(float[] row, int at, PairFeature feature, float value) {
    row[at + feature.place()] = Float.isInfinite(value) ? Float.NaN : value;
  }
}
