package com.posmodern.ai.job.forecast;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.forecast.ForecastInput;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.JobContext;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inputs that training and scoring of the forecast share. */
final class ForecastInputs {
  static final Set<Table> REQUIRED = Set.of(Table.DAILY_DEMAND, Table.PRODUCTS, Table.STORES);
  static final Set<Table> OPTIONAL =
      Set.of(
          Table.CALENDAR,
          Table.PROMOTIONS,
          Table.WEATHER_DAILY,
          Table.WEATHER_FORECASTS,
          Table.LOCAL_EVENTS,
          Table.TREND_SIGNALS,
          Table.ARRIVALS,
          Table.STORE_DAYS,
          Table.ASSORTMENT);

  private ForecastInputs() {}

  static ForecastInput read(JobContext context) {
    return new ForecastInput(
        context.asOf(),
        context.read(Table.DAILY_DEMAND),
        context.valid(Table.PRODUCTS),
        context.valid(Table.STORES),
        context.validOptional(Table.CALENDAR),
        context.validOptional(Table.PROMOTIONS),
        context.validOptional(Table.WEATHER_DAILY),
        context.validOptional(Table.WEATHER_FORECASTS),
        context.validOptional(Table.LOCAL_EVENTS),
        context.validOptional(Table.TREND_SIGNALS),
        context.readOptional(Table.ARRIVALS),
        context.validOptional(Table.STORE_DAYS),
        context.validOptional(Table.ASSORTMENT));
  }

  /** Rows of a model table that belong to an accepted version; empty without such a table. */
  static Optional<Dataset<Row>> ofVersion(JobContext context, Table table, Champion champion) {
    return context
        .readHistory(table)
        .map(
            rows ->
                rows.where(
                    Lake.isOf(champion.asOf())
                        .and(col(MODEL_VERSION).equalTo(champion.version()))));
  }
}
