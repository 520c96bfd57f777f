package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.Wildcard;
import java.io.Serializable;
import java.util.Map;

/**
 * What series share and every task needs: small, since it grows with stores, categories and days
 * only.
 *
 * @param asOfDay last epoch day known
 * @param promotionsKnown true when there is a plan of promotions for days to come
 * @param regionOfStore store to region
 * @param holidays per region
 * @param commercialEvents per region
 * @param weather per store
 * @param events near the store, as they were known, per store
 * @param trends of products and categories, as they were known
 * @param categories totals per category, all stores
 * @param priceBands totals per category and price band, all stores; see {@link #priceBand}
 * @param launches totals of series in their first weeks, all stores, per category, per category and
 *     price band, and of {@link #EVERYTHING}
 * @param storeTotals totals per store, all products
 * @param everything totals of all series
 * @param similar what a product or store without a history borrows from
 */
record Surroundings(
    int asOfDay,
    boolean promotionsKnown,
    Map<String, String> regionOfStore,
    Map<String, EventDays> holidays,
    Map<String, EventDays> commercialEvents,
    Map<String, KnownWeather> weather,
    Map<String, KnownEvents> events,
    KnownTrends trends,
    Map<String, DailyTotals> categories,
    Map<String, DailyTotals> priceBands,
    Map<String, DailyTotals> launches,
    Map<String, DailyTotals> storeTotals,
    DailyTotals everything,
    Similar similar)
    implements Serializable {

  /** Region without an own calendar: only the days that hold everywhere. */
  static final String EVERY_REGION = Wildcard.ALL;

  /** Launches of all categories; no category or price band has this key. */
  static final String EVERYTHING = Key.of("", "all");

  private static final int TWO_YEARS = 728;

  String regionOf(String storeId) {
    return regionOfStore.getOrDefault(storeId, EVERY_REGION);
  }

  /** True when any series may have features beyond {@link Feature#WITHOUT_SIGNALS}. */
  boolean anySignals() {
    return trends.any() || events.values().stream().anyMatch(KnownEvents::hasDistances);
  }

  /** True when the series has features beyond {@link Feature#WITHOUT_SIGNALS}. */
  boolean hasSignals(Series series) {
    KnownEvents near = events.get(series.storeId());
    return trends.about(series.productId(), series.attributes().category())
        || (near != null && near.hasDistances());
  }

  /** Category and power of two of the list price: products that cost about the same. */
  static String priceBand(ProductAttributes product) {
    double price = product.listPrice();
    return Key.of(product.category(), price > 0 ? Integer.toString(Math.getExponent(price)) : "");
  }

  /** True when every season was seen twice. */
  boolean knowsSeasons() {
    return asOfDay - everything.firstKnownDay() + 1 >= TWO_YEARS;
  }

  EventDays holidaysOf(String region) {
    return holidays.getOrDefault(region, holidays.get(EVERY_REGION));
  }

  EventDays commercialEventsOf(String region) {
    return commercialEvents.getOrDefault(region, commercialEvents.get(EVERY_REGION));
  }
}
