package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.ISSUED_ON;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.RAIN;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MAX;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MIN;
import static com.posmodern.ai.contract.Columns.WEATHER_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;

/** Collects the weather of the stores, as arrays: they grow with stores and days only. */
final class WeatherReader {
  private static final String FORECAST = "forecast";
  private static final String DAY = "day";

  /** Place of the day of issue, null for what was observed. */
  private static final int ISSUE = 4;

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

  /**
   * Weather by store; empty where the lake has none. Each store's rows become arrays where they are
   * read: as rows, those of all leads would be ten times the days.
   */
  Map<String, KnownWeather> read() {
    Optional<Dataset<Row>> daily = input.weather().map(this::daily);
    Optional<Dataset<Row>> kept = input.weatherForecasts().map(this::forecasts);
    Optional<Dataset<Row>> all =
        daily.isPresent() && kept.isPresent()
            ? Optional.of(daily.get().unionByName(kept.get()))
            : daily.or(() -> kept);
    Map<String, KnownWeather> weather = new HashMap<>();
    all.map(this::byStore).orElse(List.of()).forEach(store -> weather.put(store._1(), store._2()));
    return weather;
  }

  private List<Tuple2<String, KnownWeather>> byStore(Dataset<Row> all) {
    int first = firstDay;
    int last = lastDay;
    int asOf = input.asOfDay();
    return all.groupBy(STORE_ID)
        .agg(collect_list(struct(DAY, TEMPERATURE_MAX, TEMPERATURE_MIN, RAIN, ISSUED_ON)))
        .javaRDD()
        .map(store -> new Tuple2<>(store.getString(0), of(store.getList(1), first, last, asOf)))
        .collect();
  }

  private static KnownWeather of(List<Row> rows, int first, int last, int asOf) {
    boolean keeps = rows.stream().anyMatch(row -> !row.isNullAt(ISSUE));
    int reach =
        rows.stream()
            .filter(row -> row.isNullAt(ISSUE))
            .mapToInt(row -> row.getInt(0) - asOf)
            .max()
            .orElse(0);
    KnownWeather.Builder store = new KnownWeather.Builder(first, last, reach);
    for (Row row : rows) {
      int day = row.getInt(0);
      if (row.isNullAt(ISSUE) && day > asOf && keeps) {
        // Where forecasts are kept, this is one more of them.
        store.forecast(day, asOf, row.getFloat(1), row.getFloat(2), row.getFloat(3));
      } else if (row.isNullAt(ISSUE)) {
        store.observed(day, row.getFloat(1), row.getFloat(2), row.getFloat(3));
      }
    }
    // Last, so that one that was kept tonight stands.
    for (Row row : rows) {
      if (!row.isNullAt(ISSUE)) {
        store.forecast(
            row.getInt(0), row.getInt(ISSUE), row.getFloat(1), row.getFloat(2), row.getFloat(3));
      }
    }
    return store.build();
  }

  /**
   * Observations of days to come cannot be known, nor can the season's mean, into which they went;
   * only forecasts can.
   */
  private Dataset<Row> daily(Dataset<Row> weather) {
    Column day = unix_date(col(WEATHER_DATE));
    return weather
        .where(day.between(firstDay, lastDay))
        .where(day.leq(input.asOfDay()).or(col(KIND).equalTo(FORECAST)))
        .select(columns(lit(null).cast(DataTypes.IntegerType)));
  }

  /** A forecast of tomorrow morning is no forecast of today: only issues up to the as-of date. */
  private Dataset<Row> forecasts(Dataset<Row> weather) {
    Column day = unix_date(col(WEATHER_DATE));
    Column issue = unix_date(col(ISSUED_ON));
    Column lead = day.minus(issue);
    return weather
        .where(day.between(firstDay, lastDay).and(issue.leq(input.asOfDay())))
        .where(lead.between(1, KnownWeather.LONGEST_LEAD))
        .select(columns(issue));
  }

  private static Column[] columns(Column issue) {
    return new Column[] {
      col(STORE_ID),
      unix_date(col(WEATHER_DATE)).as(DAY),
      col(TEMPERATURE_MAX).cast(DataTypes.FloatType).as(TEMPERATURE_MAX),
      col(TEMPERATURE_MIN).cast(DataTypes.FloatType).as(TEMPERATURE_MIN),
      col(RAIN).cast(DataTypes.FloatType).as(RAIN),
      issue.as(ISSUED_ON)
    };
  }
}
