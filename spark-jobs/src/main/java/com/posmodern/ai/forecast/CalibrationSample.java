package com.posmodern.ai.forecast;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/** Draws the judged days that intervals are calibrated on: bounded, by hash. */
final class CalibrationSample {
  private CalibrationSample() {}

  /** The origin, or one of two halves of the series when there is one origin only. */
  static int fold(SeriesBacktest row, int origins) {
    return origins > 1 ? row.originIndex() : (int) (row.hash() >>> 63);
  }

  static int folds(int origins) {
    return Math.max(2, origins);
  }

  /**
   * Series at an origin, in an order that does not depend on partitions.
   *
   * @param share of all series at an origin that is drawn
   */
  static List<SeriesBacktest> draw(JavaRDD<SeriesBacktest> backtest, double share) {
    List<SeriesBacktest> drawn =
        new ArrayList<>(
            backtest
                .filter(
                    row -> {
                      long draw = Draws.mix(row.hash() + row.origin());
                      return (double) (draw >>> 11) / (1L << 53) < share;
                    })
                .collect());
    drawn.sort(
        Comparator.comparing(SeriesBacktest::storeId)
            .thenComparing(SeriesBacktest::productId)
            .thenComparing(SeriesBacktest::origin));
    return drawn;
  }

  /** Days of the published forecast and of seasonal naive, by name. */
  static Map<String, List<CalibrationRow>> rows(
      List<SeriesBacktest> drawn, PublishedForecast publication, int origins) {
    Map<String, List<CalibrationRow>> rows = new HashMap<>();
    for (SeriesBacktest row : drawn) {
      rows.computeIfAbsent(Scoreboard.PUBLISHED, n -> new ArrayList<>())
          .addAll(rowsOf(row, publication.published(row), origins));
      rows.computeIfAbsent(Candidate.SEASONAL_NAIVE.id(), n -> new ArrayList<>())
          .addAll(rowsOf(row, row.forecasts().get(Candidate.SEASONAL_NAIVE), origins));
    }
    return rows;
  }

  private static List<CalibrationRow> rowsOf(SeriesBacktest row, float[] forecast, int origins) {
    List<CalibrationRow> rows = new ArrayList<>(row.actual().length);
    for (int i = 0; i < row.actual().length; i++) {
      if (!Float.isNaN(row.actual()[i])) {
        rows.add(
            new CalibrationRow(
                fold(row, origins),
                row.demandClass(),
                i + 1,
                row.actual()[i],
                forecast[i],
                row.dispersion(),
                row.units()));
      }
    }
    return rows;
  }
}
