package com.posmodern.ai.source.events;

import java.util.Optional;

/**
 * Where a store is.
 *
 * @param city in words
 */
public record StorePlace(
    String storeId, Optional<GeoPoint> point, Optional<String> city, String region) {

  /**
   * The place of a store.
   *
   * @param latitude degrees; null where it is not known
   * @param city null where it is not known
   */
  public static StorePlace of(
      String storeId, Double latitude, Double longitude, String city, String region) {
    return new StorePlace(
        storeId,
        latitude == null || longitude == null ? Optional.empty() : GeoPoint.of(latitude, longitude),
        Optional.ofNullable(city),
        region == null ? "" : region);
  }
}
