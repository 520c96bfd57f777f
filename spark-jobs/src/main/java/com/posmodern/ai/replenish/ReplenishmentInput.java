package com.posmodern.ai.replenish;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the order advice reads: tables in the form of their contracts, valid rows only.
 *
 * @param asOf last day that is known
 * @param forecast rows of {@code results.demand_forecast} of the as-of date
 * @param dailyDemand rows of {@code features.daily_demand}
 * @param accepted rows of {@code features.accepted_sales}
 * @param inventory without it every stock is unknown
 * @param onOrder without it nothing is on its way
 * @param supplyTerms without it the settings' terms hold
 * @param assortment without it every counted product is listed until it is discontinued
 * @param backtest rows of {@code models.forecast_backtest} of the forecasting model
 * @param arrivals rows of {@code ops.arrivals} of the as-of date; without them all days were open
 */
public record ReplenishmentInput(
    LocalDate asOf,
    Dataset<Row> forecast,
    Dataset<Row> products,
    Dataset<Row> dailyDemand,
    Dataset<Row> accepted,
    Optional<Dataset<Row>> inventory,
    Optional<Dataset<Row>> onOrder,
    Optional<Dataset<Row>> supplyTerms,
    Optional<Dataset<Row>> assortment,
    Optional<Dataset<Row>> backtest,
    Optional<Dataset<Row>> arrivals) {

  /** The same tables, for readers that stop at an earlier day. */
  ReplenishmentInput asOf(LocalDate day) {
    return new ReplenishmentInput(
        day,
        forecast,
        products,
        dailyDemand,
        accepted,
        inventory,
        onOrder,
        supplyTerms,
        assortment,
        backtest,
        arrivals);
  }
}
