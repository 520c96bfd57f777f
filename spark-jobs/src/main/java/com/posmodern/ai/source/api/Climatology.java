package com.posmodern.ai.source.api;

import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.RAIN;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MAX;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MIN;
import static com.posmodern.ai.contract.Columns.WEATHER_DATE;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dayofyear;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.jdk.javaapi.CollectionConverters;

/** What is usual at a store at that time of the year, for days that no service knows. */
public final class Climatology {
  /** Kind of a row of {@code weather_daily} that was measured. */
  public static final String OBSERVED = "observed";

  /** Kind of a row that is as forecast now. */
  public static final String FORECAST = "forecast";

  /** Kind of a row that holds the mean of the season. */
  public static final String SEASON = "climatology";

  private static final int DAYS_AROUND = 7;
  private static final int DAYS_OF_A_YEAR = 365;

  /** Fewer days than these are no season. */
  private static final int FEWEST_DAYS = 5;

  private static final String WANTED_STORE = "__store";
  private static final String WANTED_DATE = "__date";
  private static final String DAYS = "__days";

  private Climatology() {}

  /**
   * The mean of what was measured at the same store within a week of the day's place in the year,
   * whatever the year; no row where fewer than five such days are known.
   *
   * @param wanted {@code store_id}, {@code weather_date}
   * @param weather rows of {@code source.weather_daily}
   * @return rows of {@code source.weather_daily} of the kind {@link #SEASON}
   */
  public static Dataset<Row> of(Dataset<Row> wanted, Dataset<Row> weather) {
    Dataset<Row> asked =
        wanted.select(col(STORE_ID).as(WANTED_STORE), col(WEATHER_DATE).as(WANTED_DATE));
    Column apart = abs(dayofyear(col(WANTED_DATE)).minus(dayofyear(col(WEATHER_DATE))));
    Column near = least(apart, lit(DAYS_OF_A_YEAR).minus(apart)).leq(DAYS_AROUND);
    return weather
        .where(col(KIND).equalTo(OBSERVED))
        .join(asked, col(STORE_ID).equalTo(col(WANTED_STORE)).and(near))
        .groupBy(WANTED_STORE, WANTED_DATE)
        .agg(tenths(TEMPERATURE_MAX), tenths(TEMPERATURE_MIN), tenths(RAIN), count(lit(1)).as(DAYS))
        .where(col(DAYS).geq(FEWEST_DAYS))
        .select(
            col(WANTED_STORE).as(STORE_ID),
            col(WANTED_DATE).as(WEATHER_DATE),
            col(TEMPERATURE_MAX),
            col(TEMPERATURE_MIN),
            col(RAIN),
            lit(SEASON).as(KIND));
  }

  /**
   * Days of which a store has no row, since its first one.
   *
   * @param today the days before it
   * @param historyDays no day is older
   * @return {@code store_id}, {@code weather_date}
   */
  public static Dataset<Row> missing(Dataset<Row> weather, LocalDate today, int historyDays) {
    Column oldest = greatest(min(WEATHER_DATE), lit(today.minusDays(historyDays)));
    Column yesterday = lit(today.minusDays(1));
    return weather
        .groupBy(STORE_ID)
        .agg(oldest.as(DAYS))
        .where(col(DAYS).leq(yesterday))
        .select(col(STORE_ID), explode(sequence(col(DAYS), yesterday)).as(WEATHER_DATE))
        .join(
            weather.select(STORE_ID, WEATHER_DATE),
            CollectionConverters.asScala(List.of(STORE_ID, WEATHER_DATE)).toSeq(),
            "left_anti");
  }

  private static Column tenths(String column) {
    return round(avg(col(column)), 1).as(column);
  }
}
