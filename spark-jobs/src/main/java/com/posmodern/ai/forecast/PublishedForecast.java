package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What turns the candidates' forecasts of a backtest into the published one.
 *
 * @param correction of every category at every origin of the backtest
 */
record PublishedForecast(Champions champions, SumCorrection correction) implements Serializable {

  /** The published forecast of one series from one origin. */
  float[] published(SeriesBacktest row) {
    return correction.applied(
        row.category(), row.originIndex(), champions.blended(row.demandClass(), row.forecasts()));
  }

  /** By name: every candidate's forecast, and the published one. */
  Map<String, float[]> forecasters(SeriesBacktest row) {
    Map<String, float[]> named = new HashMap<>();
    row.forecasts().forEach((candidate, forecast) -> named.put(candidate.id(), forecast));
    named.put(Scoreboard.PUBLISHED, published(row));
    return named;
  }
}
