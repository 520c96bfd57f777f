package com.posmodern.ai.forecast;

import static com.posmodern.ai.forecast.Feature.*;

import com.posmodern.ai.forecast.KnownWeather.Quantity;
import java.util.List;

/** What comes from outside the shop, as it was known at one origin: weather, events, trends. */
final class OutsideFeatures {
  /** Days before an origin that its features of trends look back. */
  static final int SIGNAL_DAYS = 91 + TermValues.LONGEST_SILENCE;

  private static final List<Feature> OF_WEATHER =
      List.of(TEMPERATURE_MAX, TEMPERATURE_MIN, TEMPERATURE_CHANGE, RAIN);

  private final Series series;
  private final Surroundings surroundings;
  private final int origin;
  private double[] trends;

  OutsideFeatures(Series series, Surroundings surroundings, int origin) {
    this.series = series;
    this.surroundings = surroundings;
    this.origin = origin;
  }

  /** Writes the features of one day; NaN where unknown. */
  void write(int target, FeatureSink sink) {
    writeWeatherOf(target, sink);
    KnownEvents events = surroundings.events().get(series.storeId());
    sink.put(EVENT_ATTENDANCE, events == null ? 0 : events.at(target, origin));
    sink.put(EVENT_DISTANCE, events == null ? Double.NaN : events.distanceAt(target, origin));
    writeTrends(sink);
  }

  private void writeWeatherOf(int target, FeatureSink sink) {
    KnownWeather weather = surroundings.weather().get(series.storeId());
    if (weather == null) {
      for (Feature feature : OF_WEATHER) {
        sink.put(feature, Double.NaN);
      }
    } else {
      double maximum = weather.at(Quantity.TEMPERATURE_MAX, target, origin);
      sink.put(TEMPERATURE_MAX, maximum);
      sink.put(TEMPERATURE_MIN, weather.at(Quantity.TEMPERATURE_MIN, target, origin));
      sink.put(TEMPERATURE_CHANGE, maximum - weather.at(Quantity.TEMPERATURE_MAX, origin, origin));
      sink.put(RAIN, weather.at(Quantity.RAIN, target, origin));
    }
  }

  /** The same for all horizons. */
  private void writeTrends(FeatureSink sink) {
    if (trends == null) {
      KnownTrends known = surroundings.trends();
      String product = series.productId();
      String category = series.attributes().category();
      trends =
          new double[] {
            known.ofProduct(product, 7, 28, origin),
            known.ofProduct(product, 28, 91, origin),
            known.ofCategory(category, 7, 28, origin),
            known.ofCategory(category, 28, 91, origin)
          };
    }
    sink.put(PRODUCT_SIGNAL_7_28, trends[0]);
    sink.put(PRODUCT_SIGNAL_28_91, trends[1]);
    sink.put(CATEGORY_SIGNAL_7_28, trends[2]);
    sink.put(CATEGORY_SIGNAL_28_91, trends[3]);
  }
}
