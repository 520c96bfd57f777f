package com.posmodern.ai.behaviour.anomaly;

import com.posmodern.ai.behaviour.anomaly.Expectation.Basis;
import java.util.Arrays;
import java.util.List;

/**
 * The ranges in which the last days of one item's demand were to be expected, in each store.
 *
 * <p>What was expected of a store by itself ({@link SeriesLevel}) is multiplied by what the other
 * stores have in common on the day ({@link CommonDays}); the range is as wide as the days before
 * lay from that ({@link Dispersion}), and wider by what is not known of the level, as in a store
 * that has just opened.
 */
final class ItemRange {
  /** What is sold in a promotion is known beforehand to so much of it: standard deviation. */
  private static final double LIFT_UNKNOWN = 0.5;

  private final List<SeriesDays> stores;
  private final int first;
  private final int length;
  private final SeriesLevel[] levels;
  private final CommonDays common;

  /** Per store and day, NaN where nothing says what was to be expected. */
  private final double[][] centres;

  private final double[] dispersion;

  /**
   * @param stores days of each store, as many in all of them
   * @param judged number of last days that are judged
   */
  ItemRange(List<SeriesDays> stores, int judged) {
    this.stores = stores;
    length = stores.get(0).demand().length;
    first = length - judged;
    double[][] demand = stores.stream().map(SeriesDays::demand).toArray(double[][]::new);
    double[][] shapes = WeekdayShape.of(demand, first);
    levels = new SeriesLevel[demand.length];
    Arrays.setAll(
        levels,
        s ->
            SeriesLevel.of(
                demand[s], stores.get(s).promoted(), stores.get(s).mean(), shapes[s], first));
    double[][] expected = Arrays.stream(levels).map(SeriesLevel::expected).toArray(double[][]::new);
    common = new CommonDays(demand, expected, first);
    centres = new double[demand.length][length];
    for (int store = 0; store < demand.length; store++) {
      for (int day = 0; day < length; day++) {
        centres[store][day] = expected[store][day] * common.ratio(store, day);
      }
    }
    dispersion = Dispersion.of(demand, centres, first);
  }

  /** Per day of a store, null where nothing says what was to be expected. */
  Expectation[] of(int store) {
    SeriesDays days = stores.get(store);
    Expectation[] expected = new Expectation[length];
    for (int day = first; day < length; day++) {
      double centre = centres[store][day];
      if (Double.isNaN(centre)) {
        continue;
      }
      boolean published = !Double.isNaN(days.mean()[day]);
      double unsure = levels[store].unsure()[day] + common.unsure(store, day);
      double lift = LIFT_UNKNOWN * days.promoted()[day];
      double scale =
          Math.sqrt(
              dispersion[store] * (Math.max(centre, 1) + centre * centre * unsure) + lift * lift);
      double times = published && days.mean()[day] > 0 ? centre / days.mean()[day] : Double.NaN;
      expected[day] =
          Double.isNaN(times) || Double.isNaN(days.p90()[day])
              ? Expectation.normal(centre, scale, published ? Basis.FORECAST : Basis.HISTORY)
              : new Expectation(
                  centre, days.p10()[day] * times, days.p90()[day] * times, scale, Basis.FORECAST);
    }
    return expected;
  }
}
