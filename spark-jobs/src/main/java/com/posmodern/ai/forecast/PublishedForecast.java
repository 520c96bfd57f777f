package com.posmodern.ai.forecast;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * What turns the candidates' forecasts of a backtest into the published one.
 *
 * @param correction of every category at every origin of the backtest
 * @param ofFormer the same of the former version, where it was forecast
 */
record PublishedForecast(Champions champions, SumCorrection correction, SumCorrection ofFormer)
    implements Serializable {

  /** The published forecast of one series from one origin. */
  float[] published(SeriesBacktest row) {
    return correction.applied(
        row.category(), row.originIndex(), champions.blended(row.demandClass(), row.forecasts()));
  }

  /** By name: every candidate's forecast, the published one, and the former version's. */
  Map<String, float[]> forecasters(SeriesBacktest row) {
    Map<String, float[]> named = new HashMap<>();
    row.forecasts().forEach((candidate, forecast) -> named.put(candidate.id(), forecast));
    named.put(Scoreboard.PUBLISHED, published(row));
    if (row.kept() != null) {
      named.put(
          FormerForecaster.NAME,
          ofFormer.applied(row.category(), row.originIndex(), row.kept().own()));
    }
    return named;
  }
}
