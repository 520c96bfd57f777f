package com.posmodern.ai.replenish;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The orders of a night: the advice, what the same rule would have achieved in the past, and what a
 * distribution centre needs.
 *
 * @param advice rows of {@code results.replenishment_advice} without the as-of date
 * @param backtest rows of {@code results.order_backtest} without the as-of date; empty without a
 *     backtest of the forecast
 * @param total rows of {@code results.demand_forecast_total} without the as-of date
 */
public record Orders(Dataset<Row> advice, Optional<Dataset<Row>> backtest, Dataset<Row> total) {

  /**
   * Reads the backtest of the forecast, whose size a setting bounds; the rest runs when the rows
   * are read.
   */
  public static Orders of(ReplenishmentInput input, ReplenishmentSettings settings) {
    int days = settings.reviewDays() + settings.leadTimeDays();
    Optional<Dataset<Row>> shelves = OrderBacktest.shelves(input, settings);
    List<Row> past = shelves.map(Dataset::collectAsList).orElse(List.of());
    LevelError error = LevelError.of(past, days);
    return new Orders(
        Replenishment.advise(input, error.known(), settings),
        shelves
            .filter(rows -> !past.isEmpty())
            .map(rows -> rows.sparkSession().createDataFrame(past, rows.schema()))
            .map(rows -> OrderBacktest.of(rows, error.byOrigin(), settings)),
        TotalDemand.of(
            input.forecast(),
            input.products(),
            input
                .backtest()
                .map(rows -> SumErrors.of(rows, input.products()))
                .orElse(SumErrors.NONE)));
  }
}
