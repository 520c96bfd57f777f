package com.posmodern.ai.replenish;

import com.posmodern.ai.config.ReplenishmentSettings;
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

  /** Reads the errors of the forecast once for both; the rest runs when the rows are read. */
  public static Orders of(ReplenishmentInput input, ReplenishmentSettings settings) {
    int days = settings.reviewDays() + settings.leadTimeDays();
    Optional<LevelError> error = input.backtest().map(rows -> LevelError.of(rows, days));
    return new Orders(
        Replenishment.advise(input, error.map(LevelError::squaredVariation).orElse(0.0), settings),
        error
            .filter(known -> !known.origins().isEmpty())
            .map(known -> OrderBacktest.of(input, known, settings)),
        TotalDemand.of(
            input.forecast(),
            input.products(),
            input.backtest().map(TotalDemand::sharedError).orElse(0.0)));
  }
}
