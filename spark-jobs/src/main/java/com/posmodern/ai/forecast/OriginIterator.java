package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Every series at every origin at which it is to be forecast: on sale, and sold not long ago. */
final class OriginIterator implements Iterator<SeriesOrigin> {
  private final Iterator<Series> series;
  private final List<Integer> origins;
  private final Surroundings surroundings;
  private final ForecastSettings settings;
  private final ArrayDeque<SeriesOrigin> ready = new ArrayDeque<>();

  OriginIterator(
      Iterator<Series> series,
      List<Integer> origins,
      Surroundings surroundings,
      ForecastSettings settings) {
    this.series = series;
    this.origins = origins;
    this.surroundings = surroundings;
    this.settings = settings;
  }

  /** True when the series is to be forecast from the origin. */
  static boolean isForecast(SeriesWindow window, int origin, int activeDays) {
    Series series = window.series();
    return series.firstDay() <= origin
        && series.attributes().discontinuedOn() > origin
        && window.soldWithin(origin - series.firstDay(), activeDays);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && series.hasNext()) {
      Series one = series.next();
      SeriesWindow window = new SeriesWindow(one);
      for (int origin : origins) {
        if (isForecast(window, origin, settings.activeDays())) {
          ready.add(new SeriesOrigin(window, surroundings, origin, settings.newSeriesDays()));
        }
      }
    }
    return !ready.isEmpty();
  }

  @Override
  public SeriesOrigin next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }
}
