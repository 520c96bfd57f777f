package com.posmodern.ai.job.intake;

import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.WEATHER_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.source.api.Climatology;
import com.posmodern.ai.source.api.WeatherAnswer;
import com.posmodern.ai.source.api.WeatherDay;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Answers of a weather service as rows of the source tables; they grow with stores and days. */
final class WeatherRows {
  /** Days that are asked for again, as they may have been corrected. */
  static final int CORRECTED_DAYS = 3;

  private final Lake lake;
  private final List<Row> daily = new ArrayList<>();
  private final List<Row> forecasts = new ArrayList<>();
  private final List<Row> missing = new ArrayList<>();

  WeatherRows(Lake lake) {
    this.lake = lake;
  }

  /** The last measured day of each store. */
  static Map<String, LocalDate> lastMeasured(Lake lake) {
    Map<String, LocalDate> last = new HashMap<>();
    if (lake.exists(Table.WEATHER_DAILY)) {
      lake.read(Table.WEATHER_DAILY)
          .where(col(KIND).equalTo(Climatology.OBSERVED))
          .groupBy(STORE_ID)
          .agg(max(WEATHER_DATE))
          .collectAsList()
          .forEach(row -> last.put(row.getString(0), row.getDate(1).toLocalDate()));
    }
    return last;
  }

  /** Takes what was answered about the days from {@code first} on. */
  void add(String store, WeatherAnswer answer, LocalDate first, LocalDate today) {
    Set<LocalDate> known = new HashSet<>();
    for (WeatherDay day : answer.measured()) {
      known.add(day.date());
      daily.add(row(store, day, Climatology.OBSERVED));
    }
    for (LocalDate date = first; date.isBefore(today); date = date.plusDays(1)) {
      if (!known.contains(date)) {
        missing.add(RowFactory.create(store, Date.valueOf(date)));
      }
    }
    Date issued = Date.valueOf(today.minusDays(1));
    for (WeatherDay day : answer.expected()) {
      daily.add(row(store, day, Climatology.FORECAST));
      forecasts.add(
          RowFactory.create(
              store, Date.valueOf(day.date()), issued, day.warmest(), day.coldest(), day.rain()));
    }
  }

  private static Row row(String store, WeatherDay day, String kind) {
    return RowFactory.create(
        store, Date.valueOf(day.date()), day.warmest(), day.coldest(), day.rain(), kind);
  }

  /** Writes both tables, and says what changed. */
  String write() {
    SourceWrite tables = new SourceWrite(lake, ImportCommand.Mode.MERGE);
    long days =
        daily.isEmpty() ? 0 : tables.rows(Table.WEATHER_DAILY, frame(Table.WEATHER_DAILY, daily));
    long filled = missing.isEmpty() ? 0 : fill(tables);
    long kept =
        forecasts.isEmpty()
            ? 0
            : tables.newRows(Table.WEATHER_FORECASTS, frame(Table.WEATHER_FORECASTS, forecasts));
    return "%,d days new or changed, %,d of %,d missing days are the mean of the season, %,d forecasts kept"
        .formatted(days, filled, missing.size(), kept);
  }

  /** A day that is known already, from another service or by hand, stays as it is. */
  private long fill(SourceWrite tables) {
    if (!lake.exists(Table.WEATHER_DAILY)) {
      return 0;
    }
    Dataset<Row> weather = lake.read(Table.WEATHER_DAILY);
    StructType schema = Contracts.of(Table.WEATHER_DAILY).schema();
    Dataset<Row> wanted =
        lake.spark()
            .createDataFrame(
                missing,
                new StructType(
                    new StructField[] {schema.apply(STORE_ID), schema.apply(WEATHER_DATE)}));
    return tables.newRows(Table.WEATHER_DAILY, Climatology.of(wanted, weather));
  }

  private Dataset<Row> frame(Table table, List<Row> rows) {
    return lake.spark().createDataFrame(rows, Contracts.of(table).schema());
  }
}
