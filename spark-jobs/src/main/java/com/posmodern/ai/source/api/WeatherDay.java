package com.posmodern.ai.source.api;

import com.posmodern.ai.error.PosException;
import java.time.LocalDate;

/**
 * The weather of a day.
 *
 * @param date of the position's time zone
 * @param warmest degrees Celsius
 * @param coldest degrees Celsius
 * @param rain millimetres
 */
public record WeatherDay(LocalDate date, double warmest, double coldest, double rain) {
  private static final double EXTREME = 60;

  /** The wettest day ever measured, on Réunion in 1966, had 1,825 mm. */
  private static final double WETTEST = 2000;

  /**
   * Refuses what no place on earth has had: an answer in kelvin or Fahrenheit must not become
   * degrees Celsius.
   *
   * @throws PosException bad data
   */
  WeatherDay believed(String service) {
    boolean believable =
        Math.abs(warmest) <= EXTREME
            && Math.abs(coldest) <= EXTREME
            && coldest <= warmest
            && rain >= 0
            && rain <= WETTEST;
    if (!believable) {
      throw PosException.badData(
          "the answer says %s to %s degrees and %s mm of rain on %s"
              .formatted(coldest, warmest, rain, date),
          service,
          "Nothing of it was written. The service may have changed its units; see"
              + " docs/connectors.md.");
    }
    return this;
  }
}
