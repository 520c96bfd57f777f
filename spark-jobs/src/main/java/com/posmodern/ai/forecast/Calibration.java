package com.posmodern.ai.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.DemandClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
      withoutFold.add(withoutFold(rows, fold, horizonDays, settings));
    }
    return new Calibration(intervals(rows, horizonDays, settings), withoutFold);
  }

  /** Calibrates on all folds but one. */
  static Intervals withoutFold(
      List<CalibrationRow> rows, int fold, int horizonDays, ForecastSettings.Conformal settings) {
    return intervals(rows.stream().filter(r -> r.fold() != fold).toList(), horizonDays, settings);
  }

  /** A cell with too few rows borrows: from all weeks, then all classes, then all sizes. */
  private static Intervals intervals(
      List<CalibrationRow> rows, int horizonDays, ForecastSettings.Conformal settings) {
    int fewest = settings.minCellRows();
    Interval everywhere = calibrated(rows, 1, Interval.ASSUMED);
    Map<Intervals.Cell, Interval> byCell = new HashMap<>();
    Map<Integer, List<CalibrationRow>> bySize =
        rows.stream().collect(Collectors.groupingBy(row -> Intervals.meanBucket(row.mean())));
    for (int size = 0; size < Intervals.MEAN_BUCKETS; size++) {
      List<CalibrationRow> ofSize = bySize.getOrDefault(size, List.of());
      Interval allClasses = calibrated(ofSize, fewest, everywhere);
      Map<DemandClass, List<CalibrationRow>> byClass =
          ofSize.stream().collect(Collectors.groupingBy(CalibrationRow::demandClass));
      for (DemandClass demandClass : DemandClass.values()) {
        List<CalibrationRow> ofClass = byClass.getOrDefault(demandClass, List.of());
        Interval allWeeks = calibrated(ofClass, fewest, allClasses);
        Map<Integer, List<CalibrationRow>> byWeek =
            ofClass.stream().collect(Collectors.groupingBy(row -> Intervals.bucket(row.horizon())));
        for (int week = 0; week <= Intervals.bucket(horizonDays); week++) {
          byCell.put(
              new Intervals.Cell(demandClass, week, size),
              calibrated(byWeek.getOrDefault(week, List.of()), fewest, allWeeks));
        }
      }
    }
    return new Intervals(byCell);
  }

  private static Interval calibrated(List<CalibrationRow> rows, int fewest, Interval otherwise) {
    return rows.size() < fewest ? otherwise : new Residuals(rows).calibrated();
  }
}
