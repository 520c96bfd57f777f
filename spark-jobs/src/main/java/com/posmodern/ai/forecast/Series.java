package com.posmodern.ai.forecast;

import java.io.Serializable;

/**
 * The history of one product in one store, one array element a day, ending at the as-of date.
 *
 * @param firstDay epoch day of element 0
 * @param price mean shelf price; NaN where unknown
 * @param stockOut days whose demand was not observed in full
 * @param promotions plan of promotions of this store and product, also of days to come
 * @param product sums over the stores that sell the product; one object for all its series
 * @param stores the same by store and week
 */
@SuppressWarnings("ArrayRecordComponent") // Millions of days: lists would box them.
record Series(
    String storeId,
    String productId,
    ProductAttributes attributes,
    int firstDay,
    float[] demand,
    float[] price,
    float[] revenue,
    boolean[] stockOut,
    boolean[] onPromotion,
    PromotionPlan promotions,
    DailyTotals product,
    SoldElsewhere stores)
    implements Serializable {

  Series withProduct(DailyTotals totals, SoldElsewhere stores) {
    return new Series(
        storeId,
        productId,
        attributes,
        firstDay,
        demand,
        price,
        revenue,
        stockOut,
        onPromotion,
        promotions,
        totals,
        stores);
  }

  int days() {
    return demand.length;
  }

  int lastDay() {
    return firstDay + demand.length - 1;
  }

  /** Key that orders series the same way everywhere. */
  String key() {
    return Key.of(storeId, productId);
  }
}
