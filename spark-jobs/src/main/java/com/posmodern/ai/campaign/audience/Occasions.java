package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.ISSUED_ON;
import static com.posmodern.ai.contract.Columns.RAIN;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TEMPERATURE_MAX;
import static com.posmodern.ai.contract.Columns.WEATHER_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.struct;

import com.posmodern.ai.config.Occasion;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Stores near which that is expected what a campaign waits for.
 *
 * @param forecasts {@code source.weather_forecasts}; of a day the one issued last counts
 * @param events {@code source.local_events} as known on the as-of date
 */
public record Occasions(Optional<Dataset<Row>> forecasts, Optional<Dataset<Row>> events) {
  private static final String DAY = "day";
  private static final String SAID = "said";

  /**
   * The stores, each once: store_id. None where the table that the campaign waits for is missing.
   */
  public Optional<Dataset<Row>> stores(Occasion occasion, LocalDate asOf) {
    Column from = lit(Date.valueOf(asOf.plusDays(1)));
    Column until = lit(Date.valueOf(asOf.plusDays(occasion.withinDays())));
    Optional<Dataset<Row>> days = Optional.empty();
    if (occasion.asksWeather()) {
      days = forecasts.map(rows -> weather(rows, occasion, asOf, from, until));
      if (days.isEmpty()) {
        return days;
      }
    }
    if (occasion.localEvent()) {
      Optional<Dataset<Row>> weather = days;
      days =
          events
              .map(rows -> eventDays(rows, from, until))
              .map(rows -> weather.map(one -> one.join(rows, on())).orElse(rows));
    }
    return days.map(rows -> rows.select(STORE_ID).distinct());
  }

  private static Dataset<Row> weather(
      Dataset<Row> forecasts, Occasion occasion, LocalDate asOf, Column from, Column until) {
    return forecasts
        .where(col(ISSUED_ON).leq(lit(Date.valueOf(asOf))))
        .where(col(WEATHER_DATE).between(from, until))
        .groupBy(col(STORE_ID), col(WEATHER_DATE).as(DAY))
        .agg(max_by(struct(col(TEMPERATURE_MAX), col(RAIN)), col(ISSUED_ON)).as(SAID))
        .where(
            col(SAID + "." + TEMPERATURE_MAX)
                .between(occasion.warmestAtLeast(), occasion.warmestAtMost()))
        .where(col(SAID + "." + RAIN).geq(occasion.rainAtLeast()))
        .select(STORE_ID, DAY);
  }

  private static Dataset<Row> eventDays(Dataset<Row> events, Column from, Column until) {
    return events
        .where(col(STARTS_ON).leq(until).and(col(ENDS_ON).geq(from)))
        .select(
            col(STORE_ID),
            explode(
                    sequence(
                        greatest(col(STARTS_ON), from),
                        least(col(ENDS_ON), until),
                        expr("INTERVAL 1 DAY")))
                .as(DAY))
        .distinct();
  }

  private static String[] on() {
    return new String[] {STORE_ID, DAY};
  }
}
