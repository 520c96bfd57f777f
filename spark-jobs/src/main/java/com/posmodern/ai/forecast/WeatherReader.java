package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.ISSUED_ON;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.RAIN;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MAX;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MIN;
import static com.posmodern.ai.contract.Columns.WEATHER_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Collects the weather of the stores: it grows with stores and days only. */
final class WeatherReader {
  private static final String OBSERVED = "observed";

  private final ForecastInput input;
  private final int firstDay;
  private final int lastDay;

  /**
   * @param lastDay last epoch day to forecast
   */
  WeatherReader(ForecastInput input, int firstDay, int lastDay) {
    this.input = input;
    this.firstDay = firstDay;
    this.lastDay = lastDay;
  }

  /** Weather by store; empty where the lake has none. */
  Map<String, KnownWeather> read() {
    List<Row> observed = input.weather().map(this::observed).orElse(List.of());
    int asOf = input.asOfDay();
    int reach = observed.stream().mapToInt(row -> row.getInt(1) - asOf).max().orElse(0);
    Map<String, KnownWeather.Builder> stores = new HashMap<>();
    observed.forEach(
        row ->
            of(row, reach, stores)
                .observed(row.getInt(1), row.getFloat(2), row.getFloat(3), row.getFloat(4)));
    input
        .weatherForecasts()
        .map(this::forecasts)
        .orElse(List.of())
        .forEach(
            row ->
                of(row, reach, stores)
                    .forecast(
                        row.getInt(1),
                        row.getInt(5),
                        row.getFloat(2),
                        row.getFloat(3),
                        row.getFloat(4)));
    Map<String, KnownWeather> weather = new HashMap<>();
    stores.forEach((store, builder) -> weather.put(store, builder.build()));
    return weather;
  }

  private KnownWeather.Builder of(Row row, int reach, Map<String, KnownWeather.Builder> stores) {
    return stores.computeIfAbsent(
        row.getString(0), store -> new KnownWeather.Builder(firstDay, lastDay, reach));
  }

  /** Observations of days to come cannot be known; only what was expected of them is. */
  private List<Row> observed(Dataset<Row> weather) {
    Column day = unix_date(col(WEATHER_DATE));
    return weather
        .where(day.between(firstDay, lastDay))
        .where(day.leq(input.asOfDay()).or(col(KIND).notEqual(OBSERVED)))
        .select(columns(lit(0)))
        .collectAsList();
  }

  /** A forecast of tomorrow morning is no forecast of today: only issues up to the as-of date. */
  private List<Row> forecasts(Dataset<Row> weather) {
    Column day = unix_date(col(WEATHER_DATE));
    Column issue = unix_date(col(ISSUED_ON));
    Column lead = day.minus(issue);
    return weather
        .where(day.between(firstDay, lastDay).and(issue.leq(input.asOfDay())))
        .where(lead.between(1, KnownWeather.LONGEST_LEAD))
        .select(columns(issue))
        .collectAsList();
  }

  private static Column[] columns(Column issue) {
    return new Column[] {
      col(STORE_ID),
      unix_date(col(WEATHER_DATE)),
      col(TEMPERATURE_MAX).cast(DataTypes.FloatType),
      col(TEMPERATURE_MIN).cast(DataTypes.FloatType),
      col(RAIN).cast(DataTypes.FloatType),
      issue
    };
  }
}
