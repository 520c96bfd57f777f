package com.posmodern.ai.forecast;

import com.posmodern.ai.forecast.SoldElsewhere.Sales;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How similar stores are in what they sell, and how much more one sells than another.
 *
 * <p>The mean demand of a product over stores says little of one of them: large stores sell many
 * times what small ones do, and a store with a wide range sells less of each product. So what other
 * stores sold is divided by all that they sold, and multiplied by all that this one sells.
 *
 * @param regions of stores
 * @param totals of stores, all products
 * @param mixes demand per bucket of categories, by store; see {@link #bucket}
 */
record SimilarStores(
    Map<String, String> regions,
    Map<String, DailyTotals> totals,
    Map<String, List<WeeklyTotals>> mixes)
    implements Serializable {
  /** Categories are gathered in so many buckets, which bounds what is known of a store. */
  static final int BUCKETS = 32;

  /** Days that show what a store sells now. */
  static final int DAYS = 56;

  /** Stores that sell other things hardly count: the cosine of the mixes to this power. */
  private static final int SHARPNESS = 4;

  /** Even a store unlike all others learns from them. */
  private static final double LEAST = 1e-3;

  /** Bucket of a category; the same everywhere. */
  static int bucket(String category) {
    return Math.floorMod(Draws.mix(category.hashCode()), BUCKETS);
  }

  /**
   * Demand of a product per day in a store that has not sold it yet: what other stores sold of it,
   * each counted by how similar it is, for as much as this store sells beside them. NaN where
   * nobody sold it on a known day.
   *
   * @param elsewhere the product's sales in other stores in the {@link #DAYS} up to the origin
   */
  double demand(String storeId, List<Sales> elsewhere, int origin) {
    double own = usual(storeId, origin);
    double[] ownMix = mix(storeId, origin);
    double units = 0;
    double expected = 0;
    for (Sales sales : elsewhere) {
      double ratio = daily(sales.storeId(), origin) / own;
      if (ratio > 0 && Double.isFinite(ratio)) {
        double weight = likeness(storeId, ownMix, sales.storeId(), origin);
        units += weight * sales.units();
        expected += weight * sales.days() * ratio;
      }
    }
    return units / expected;
  }

  /** Units a day of all products, over the days on which the store was open; NaN before. */
  double daily(String storeId, int origin) {
    DailyTotals store = totals.get(storeId);
    return store == null ? Double.NaN : store.perOpenDay(origin - DAYS + 1, origin);
  }

  /**
   * The same; of a store that has sold nothing so far the median of the stores of its region, or of
   * all where the region has no other.
   */
  double usual(String storeId, int origin) {
    double own = daily(storeId, origin);
    if (own > 0) {
      return own;
    }
    double ofRegion = median(storeId, origin, regions.get(storeId));
    return Double.isNaN(ofRegion) ? median(storeId, origin, null) : ofRegion;
  }

  private double median(String storeId, int origin, String region) {
    double[] others =
        totals.keySet().stream()
            .filter(other -> !other.equals(storeId))
            .filter(other -> region == null || region.equals(regions.get(other)))
            .mapToDouble(other -> daily(other, origin))
            .filter(daily -> daily > 0)
            .sorted()
            .toArray();
    int middle = others.length / 2;
    if (others.length == 0) {
      return Double.NaN;
    }
    return others.length % 2 == 1 ? others[middle] : (others[middle - 1] + others[middle]) / 2;
  }

  /**
   * From just over 0 to 1; where the mix of either is unknown, stores of one region count as
   * similar.
   */
  private double likeness(String storeId, double[] ownMix, String other, int origin) {
    double[] otherMix = mix(other, origin);
    double product = 0;
    for (int i = 0; i < BUCKETS; i++) {
      product += ownMix[i] * otherMix[i];
    }
    double lengths = length(ownMix) * length(otherMix);
    if (lengths > 0) {
      return Math.max(LEAST, Math.pow(product / lengths, SHARPNESS));
    }
    String region = regions.get(storeId);
    return region != null && region.equals(regions.get(other)) ? 1 : LEAST;
  }

  private double[] mix(String storeId, int origin) {
    List<WeeklyTotals> buckets = mixes.getOrDefault(storeId, List.of());
    double[] mix = new double[BUCKETS];
    for (int i = 0; i < buckets.size(); i++) {
      mix[i] = buckets.get(i).unitsOf(origin - DAYS + 1, origin);
    }
    return mix;
  }

  private static double length(double[] mix) {
    return Math.sqrt(Arrays.stream(mix).map(x -> x * x).sum());
  }

  /** Empty buckets of a store, to be filled. */
  static List<WeeklyTotals> emptyMix(int lastDay, int days) {
    List<WeeklyTotals> buckets = new ArrayList<>(BUCKETS);
    for (int i = 0; i < BUCKETS; i++) {
      buckets.add(WeeklyTotals.empty(lastDay, days));
    }
    return buckets;
  }
}
