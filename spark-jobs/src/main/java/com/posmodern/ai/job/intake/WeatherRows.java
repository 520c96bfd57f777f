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
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Answers of a weather service as rows of the source tables; they grow with stores and days. */
final class WeatherRows {
  /** Days that are asked for again, as they may have been corrected. */
  private static final int CORRECTED_DAYS = 3;

  /** What is forecast before this hour was known at the end of the day before, or nearly so. */
  private static final int MORNING = 6;

  private final Lake lake;
  private final int historyDays;
  private final Map<String, LocalDate> lastMeasured;
  private final List<Row> daily = new ArrayList<>();
  private final List<Row> forecasts = new ArrayList<>();
  private LocalDate newest = LocalDate.MIN;
  private long changed;
  private long filled;
  private long kept;

  private WeatherRows(Lake lake, int historyDays, Map<String, LocalDate> lastMeasured) {
    this.lake = lake;
    this.historyDays = historyDays;
    this.lastMeasured = lastMeasured;
  }

  /**
   * For a lake with or without weather.
   *
   * @param historyDays past days that a store has weather of
   */
  static WeatherRows of(Lake lake, int historyDays) {
    Map<String, LocalDate> last = new HashMap<>();
    if (lake.exists(Table.WEATHER_DAILY)) {
      lake.read(Table.WEATHER_DAILY)
          .where(col(KIND).equalTo(Climatology.OBSERVED))
          .groupBy(STORE_ID)
          .agg(max(WEATHER_DATE))
          .collectAsList()
          .forEach(row -> last.put(row.getString(0), row.getDate(1).toLocalDate()));
    }
    return new WeatherRows(lake, historyDays, last);
  }

  /** The first day to ask for: after what is known of all these stores, less what is corrected. */
  LocalDate first(List<String> stores, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    LocalDate beginning = today.minusDays(historyDays);
    return stores.stream()
        .map(store -> lastMeasured.getOrDefault(store, beginning))
        .map(last -> last.minusDays(CORRECTED_DAYS))
        .map(day -> day.isBefore(beginning) ? beginning : day)
        .min(LocalDate::compareTo)
        .filter(day -> day.isBefore(today))
        .orElse(today);
  }

  /** Takes what was answered about the place of these stores. */
  void add(List<String> stores, WeatherAnswer answer, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    LocalDate issued = now.getHour() < MORNING ? today.minusDays(1) : today;
    newest = today.isAfter(newest) ? today : newest;
    for (String store : stores) {
      answer.measured().forEach(day -> daily.add(row(store, day, Climatology.OBSERVED)));
      answer.expected().forEach(day -> daily.add(row(store, day, Climatology.FORECAST)));
      answer.expected().stream()
          .filter(day -> day.date().isAfter(issued))
          .forEach(
              day ->
                  forecasts.add(
                      RowFactory.create(
                          store,
                          Date.valueOf(day.date()),
                          Date.valueOf(issued),
                          day.warmest(),
                          day.coldest(),
                          day.rain())));
    }
  }

  private static Row row(String store, WeatherDay day, String kind) {
    return RowFactory.create(
        store, Date.valueOf(day.date()), day.warmest(), day.coldest(), day.rain(), kind);
  }

  /**
   * Writes what was taken since the last time. Forecasts come first, as tomorrow they cannot be had
   * any more; what is measured, and what is missing then, a later run finds by itself.
   */
  void write() {
    if (daily.isEmpty()) {
      return;
    }
    SourceWrite tables = new SourceWrite(lake, ImportCommand.Mode.MERGE);
    if (!forecasts.isEmpty()) {
      kept += tables.newRows(Table.WEATHER_FORECASTS, frame(Table.WEATHER_FORECASTS, forecasts));
    }
    changed += tables.rows(Table.WEATHER_DAILY, frame(Table.WEATHER_DAILY, daily));
    Dataset<Row> weather = lake.read(Table.WEATHER_DAILY);
    filled +=
        tables.newRows(
            Table.WEATHER_DAILY,
            Climatology.of(Climatology.missing(weather, newest, historyDays), weather));
    daily.clear();
    forecasts.clear();
  }

  /** What was written, in words. */
  String written() {
    return "%,d days new or changed, %,d days filled with the mean of the season, %,d forecasts kept"
        .formatted(changed, filled, kept);
  }

  private Dataset<Row> frame(Table table, List<Row> rows) {
    return lake.spark().createDataFrame(rows, Contracts.of(table).schema());
  }
}
