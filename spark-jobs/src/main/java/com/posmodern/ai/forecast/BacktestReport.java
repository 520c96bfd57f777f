package com.posmodern.ai.forecast;

import java.util.List;
import java.util.Map;

/**
 * What a backtest says.
 *
 * @param publication what is judged, chosen on the older origins
 * @param champions what is published, chosen with the newest origin
 * @param standIn why a simple method is published instead of trees and smoothing; empty when it is
 *     not
 * @param scoreboard of the newest origin
 * @param levels accuracy per forecaster on every level of M5 but the lowest, of the newest origin
 * @param calibration of the published forecast
 * @param examples a bounded number of series at every origin, for plots
 * @param folds see {@link CalibrationSample}
 */
record BacktestReport(
    PublishedForecast publication,
    Champions champions,
    String standIn,
    Scoreboard scoreboard,
    Map<String, Map<Level, WeeklyAccuracy>> levels,
    Calibration calibration,
    List<SeriesBacktest> examples,
    int folds) {

  /** Where nothing could be judged. */
  static BacktestReport unjudged(int horizonDays) {
    return new BacktestReport(
        new PublishedForecast(Champions.unjudged(), SumCorrection.NONE, SumCorrection.NONE),
        Champions.unjudged(),
        "",
        new Scoreboard(),
        Map.of(),
        new Calibration(Intervals.assumed(horizonDays), List.of()),
        List.of(),
        0);
  }

  BacktestReport withExamples(List<SeriesBacktest> chosen) {
    return new BacktestReport(
        publication, champions, standIn, scoreboard, levels, calibration, chosen, folds);
  }

  BacktestReport standingIn(String why) {
    return new BacktestReport(
        publication, champions, why, scoreboard, levels, calibration, examples, folds);
  }
}
