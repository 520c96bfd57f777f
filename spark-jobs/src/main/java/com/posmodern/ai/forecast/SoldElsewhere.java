package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What each store sold of one product, by week; one object for all series of the product.
 *
 * @param stores by store
 */
record SoldElsewhere(List<OfStore> stores) implements Serializable {
  static final SoldElsewhere NOWHERE = new SoldElsewhere(List.of());

  /** Of one store. */
  record OfStore(String storeId, WeeklyTotals totals) implements Serializable {}

  /**
   * A store's demand for the product over some weeks.
   *
   * @param units demand on the known days
   * @param days on which the product was on sale there and not sold out; over 0
   */
  record Sales(String storeId, double units, double days) implements Serializable {}

  /** Of all series of a product; the order of the series is that of the stores. */
  static SoldElsewhere of(List<Series> series, int asOfDay) {
    List<OfStore> stores = new ArrayList<>(series.size());
    for (Series one : series) {
      stores.add(
          new OfStore(
              one.storeId(),
              WeeklyTotals.empty(asOfDay, one.days()).add(one, one.firstDay(), asOfDay)));
    }
    return new SoldElsewhere(List.copyOf(stores));
  }

  /** The last weeks up to a day in all stores but one, those where the product was on sale. */
  List<Sales> without(String storeId, int from, int to) {
    List<Sales> sales = new ArrayList<>();
    for (OfStore store : stores) {
      double days = store.totals().seriesDaysOf(from, to);
      if (days > 0 && !store.storeId().equals(storeId)) {
        sales.add(new Sales(store.storeId(), store.totals().unitsOf(from, to), days));
      }
    }
    return sales;
  }
}
