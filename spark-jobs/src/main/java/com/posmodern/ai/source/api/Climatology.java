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
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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

  private static Column tenths(String column) {
    return round(avg(col(column)), 1).as(column);
  }
}
