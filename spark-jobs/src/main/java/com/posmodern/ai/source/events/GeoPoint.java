package com.posmodern.ai.source.events;

import java.util.Optional;

/**
 * A place on earth.
 *
 * @param latitude degrees north
 * @param longitude degrees east
 */
public record GeoPoint(double latitude, double longitude) {
  /** Mean radius of the earth, IUGG. */
  private static final double EARTH_KM = 6371.0088;

  /** Empty for what is no place, and for 0, 0, which is how some say that they do not know. */
  static Optional<GeoPoint> of(double latitude, double longitude) {
    boolean known =
        Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude != 0 || longitude != 0);
    return known ? Optional.of(new GeoPoint(latitude, longitude)) : Optional.empty();
  }

  /** Kilometres on the great circle, by the haversine formula. */
  double kilometresTo(GeoPoint other) {
    double north = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
    double east = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
    double chord =
        north * north
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(other.latitude))
                * east
                * east;
    return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
  }
}
