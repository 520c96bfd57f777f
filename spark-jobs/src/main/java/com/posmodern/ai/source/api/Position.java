package com.posmodern.ai.source.api;

import java.time.ZoneId;

/**
 * A place on the grid of a tenth of a degree, about 11 km, that a weather service is asked about:
 * stores of one town share an answer.
 *
 * @param latitude tenths of a degree
 * @param longitude tenths of a degree
 * @param zone whose days are asked for
 */
public record Position(int latitude, int longitude, ZoneId zone) {
  private static final double STEPS = 10;

  /** The place of a store. */
  public static Position of(double latitude, double longitude, ZoneId zone) {
    return new Position(
        Math.toIntExact(Math.round(latitude * STEPS)),
        Math.toIntExact(Math.round(longitude * STEPS)),
        zone);
  }

  double degreesNorth() {
    return latitude / STEPS;
  }

  double degreesEast() {
    return longitude / STEPS;
  }

  /** For a message: where. */
  @Override
  public String toString() {
    return degreesNorth() + ", " + degreesEast();
  }
}
