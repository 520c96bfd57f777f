package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Calibrates the intervals of one forecaster on its backtest.
 *
 * <p>Folds are the origins, or halves of the series when there is one origin only. The coverage
 * that is reported for a fold comes from intervals calibrated on the other folds; the intervals
 * that are published come from all.
 *
 * @param published from all folds
 * @param withoutFold per fold, from all others
 */
record Calibration(Intervals published, List<Intervals> withoutFold) {

  /**
   * Calibrates on a bounded sample.
   *
   * @param folds number of folds
   */
  static Calibration of(
      List<CalibrationRow> rows, int folds, int horizonDays, ForecastSettings.Conformal settings) {
    List<Intervals> withoutFold = new ArrayList<>(folds);
    for (int fold = 0; fold < folds; fold++) {
      int left = fold;
      withoutFold.add(
          intervals(rows.stream().filter(r -> r.fold() != left).toList(), horizonDays, settings));
    }
    return new Calibration(intervals(rows, horizonDays, settings), withoutFold);
  }

  private static Intervals intervals(
      List<CalibrationRow> rows, int horizonDays, ForecastSettings.Conformal settings) {
    int buckets = Intervals.bucket(horizonDays) + 1;
    Interval everywhere = interval(rows, row -> true, 1, Interval.ASSUMED, settings);
    Map<DemandClass, List<Interval>> byClass = new EnumMap<>(DemandClass.class);
    for (DemandClass demandClass : DemandClass.values()) {
      List<CalibrationRow> ofClass =
          rows.stream().filter(row -> row.demandClass() == demandClass).toList();
      Interval wider = interval(ofClass, row -> true, settings.minCellRows(), everywhere, settings);
      List<Interval> perBucket = new ArrayList<>(buckets);
      for (int bucket = 0; bucket < buckets; bucket++) {
        int own = bucket;
        perBucket.add(
            interval(
                ofClass,
                row -> Intervals.bucket(row.horizon()) == own,
                settings.minCellRows(),
                wider,
                settings));
      }
      byClass.put(demandClass, perBucket);
    }
    return new Intervals(byClass);
  }

  private static Interval interval(
      List<CalibrationRow> rows,
      Predicate<CalibrationRow> chosen,
      int fewest,
      Interval otherwise,
      ForecastSettings.Conformal settings) {
    List<CalibrationRow> own = rows.stream().filter(chosen).toList();
    if (own.size() < fewest) {
      return otherwise;
    }
    boolean[] wholeUnits = new boolean[own.size()];
    for (int i = 0; i < wholeUnits.length; i++) {
      wholeUnits[i] = own.get(i).wholeUnits();
    }
    return new Residuals(
            own.stream().mapToDouble(CalibrationRow::actual).toArray(),
            own.stream().mapToDouble(CalibrationRow::mean).toArray(),
            own.stream().mapToDouble(CalibrationRow::dispersion).toArray(),
            wholeUnits)
        .narrowest(settings.coverage());
  }
}
