package com.posmodern.ai.forecast;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the forecast reads: tables in the form of their contracts.
 *
 * @param asOf last day that the forecast may know of; rows after it are ignored, except plans that
 *     are known in advance (calendar, promotions, events) and weather marked as forecast
 * @param weather observed, and the newest forecasts of days to come
 * @param weatherForecasts forecasts as they were issued; without them what was observed stands in,
 *     as far ahead as {@code weather} reaches beyond the as-of date
 * @param trends rows of {@code source.trend_signals}, each used from its {@code known_from} on
 * @param arrivals rows of {@code ops.arrivals} of the as-of date; without them all days are open
 * @param storeDays rows of {@code source.store_days}
 * @param assortment rows of {@code source.assortment}; without them launches go where their
 *     category sells
 */
public record ForecastInput(
    LocalDate asOf,
    Dataset<Row> dailyDemand,
    Dataset<Row> products,
    Dataset<Row> stores,
    Optional<Dataset<Row>> calendar,
    Optional<Dataset<Row>> promotions,
    Optional<Dataset<Row>> weather,
    Optional<Dataset<Row>> weatherForecasts,
    Optional<Dataset<Row>> events,
    Optional<Dataset<Row>> trends,
    Optional<Dataset<Row>> arrivals,
    Optional<Dataset<Row>> storeDays,
    Optional<Dataset<Row>> assortment) {

  int asOfDay() {
    return Math.toIntExact(asOf.toEpochDay());
  }
}
