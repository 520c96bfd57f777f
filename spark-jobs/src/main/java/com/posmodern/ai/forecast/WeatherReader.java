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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Collects the weather of the stores: it grows with stores, days and leads only. */
final class WeatherReader {
  private static final String FORECAST = "forecast";

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
    List<Row> daily = input.weather().map(this::daily).orElse(List.of());
    List<Row> kept = input.weatherForecasts().map(this::forecasts).orElse(List.of());
    int asOf = input.asOfDay();
    Map<String, Integer> reach = new HashMap<>();
    daily.forEach(row -> reach.merge(row.getString(0), row.getInt(1) - asOf, Math::max));
    Set<String> known = new HashSet<>();
    kept.forEach(row -> known.add(row.getString(0)));
    Map<String, KnownWeather.Builder> stores = new HashMap<>();
    for (Row row : daily) {
      KnownWeather.Builder store = of(row, reach, stores);
      int day = row.getInt(1);
      if (day > asOf && known.contains(row.getString(0))) {
        // Where forecasts are kept, this is one more of them.
        store.forecast(day, asOf, row.getFloat(2), row.getFloat(3), row.getFloat(4));
      } else {
        store.observed(day, row.getFloat(2), row.getFloat(3), row.getFloat(4));
      }
    }
    for (Row row : kept) {
      of(row, reach, stores)
          .forecast(
              row.getInt(1), row.getInt(5), row.getFloat(2), row.getFloat(3), row.getFloat(4));
    }
    Map<String, KnownWeather> weather = new HashMap<>();
    stores.forEach((store, builder) -> weather.put(store, builder.build()));
    return weather;
  }

  private KnownWeather.Builder of(
      Row row, Map<String, Integer> reach, Map<String, KnownWeather.Builder> stores) {
    return stores.computeIfAbsent(
        row.getString(0),
        store -> new KnownWeather.Builder(firstDay, lastDay, reach.getOrDefault(store, 0)));
  }

  /**
   * Observations of days to come cannot be known, nor can the season's mean, into which they went;
   * only forecasts can.
   */
  private List<Row> daily(Dataset<Row> weather) {
    Column day = unix_date(col(WEATHER_DATE));
    return weather
        .where(day.between(firstDay, lastDay))
        .where(day.leq(input.asOfDay()).or(col(KIND).equalTo(FORECAST)))
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
