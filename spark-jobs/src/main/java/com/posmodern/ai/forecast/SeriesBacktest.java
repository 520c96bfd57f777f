package com.posmodern.ai.forecast;

import com.posmodern.ai.contract.DemandClass;
import java.io.Serializable;
import java.util.Map;

/**
 * One series forecast from one origin, and what happened then.
 *
 * @param originIndex place of the origin in the plan
 * @param dispersion see {@link SeriesOrigin#dispersion}
 * @param naiveError see {@link SeriesWindow#naiveError}
 * @param revenue28 weight in the WRMSSE
 * @param actual demand per horizon; NaN on days not judged: sold out, or after an end of the
 *     product that was known at the origin
 * @param forecasts demand per horizon, by candidate
 * @param kept of the version kept from before; null where none was forecast
 */
@SuppressWarnings("ArrayRecordComponent") // One element per day and series.
record SeriesBacktest(
    String storeId,
    String productId,
    String region,
    String department,
    String category,
    int originIndex,
    int origin,
    DemandClass demandClass,
    Units units,
    double dispersion,
    double naiveError,
    double revenue28,
    float[] actual,
    Map<Candidate, float[]> forecasts,
    FormerForecaster.Kept kept)
    implements Serializable {

  /** Where no version was kept from before. */
  static SeriesBacktest of(
      SeriesOrigin from,
      String region,
      int originIndex,
      int horizonDays,
      Map<Candidate, float[]> forecasts) {
    return of(from, region, originIndex, horizonDays, forecasts, null);
  }

  static SeriesBacktest of(
      SeriesOrigin from,
      String region,
      int originIndex,
      int horizonDays,
      Map<Candidate, float[]> forecasts,
      FormerForecaster.Kept kept) {
    Series series = from.series();
    float[] actual = new float[horizonDays];
    for (int i = 0; i < horizonDays; i++) {
      boolean ended = series.attributes().knownToHaveEnded(from.origin() + i + 1, from.origin());
      actual[i] = ended ? Float.NaN : (float) from.window().value(from.last() + i + 1);
    }
    return new SeriesBacktest(
        series.storeId(),
        series.productId(),
        region,
        series.attributes().department(),
        series.attributes().category(),
        originIndex,
        from.origin(),
        from.demandClass(),
        from.units(),
        from.dispersion(),
        from.window().naiveError(from.last()),
        from.revenue28(),
        actual,
        forecasts,
        kept);
  }

  /** Sum of the squared errors of a forecast over the days that are judged. */
  double squaredError(float[] forecast) {
    double squares = 0;
    for (int day = 0; day < actual.length; day++) {
      if (!Float.isNaN(actual[day])) {
        double error = forecast[day] - actual[day];
        squares += error * error;
      }
    }
    return squares;
  }

  /** Key that orders series the same way everywhere. */
  String key() {
    return Key.of(storeId, productId);
  }

  /** Same for a series at every origin and on every machine. */
  long hash() {
    return Draws.mix(key().hashCode());
  }
}
