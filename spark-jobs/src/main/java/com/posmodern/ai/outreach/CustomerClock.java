package com.posmodern.ai.outreach;

import static com.posmodern.ai.contract.Columns.CALENDAR_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.REGION;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TIME_ZONE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_timestamp;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.OutreachSettings;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The customer's clock and calendar: those of the home store's place. */
final class CustomerClock {
  /** Time of day and date where the customer is. */
  static final String LOCAL = "local_time";

  private static final String HOLIDAY = "holiday";

  private final OutreachSettings settings;
  private final Instant now;

  CustomerClock(OutreachSettings settings, Instant now) {
    this.settings = settings;
    this.now = now;
  }

  /**
   * The rows with the columns that the reasons of this class ask.
   *
   * @param rows with the customer's home_store_id
   */
  Dataset<Row> on(Dataset<Row> rows, DueMessages.Facts facts) {
    Column instant = lit(Timestamp.from(now));
    Dataset<Row> placed =
        facts
            .stores()
            .map(
                stores ->
                    rows.join(
                        stores
                            .groupBy(col(STORE_ID).as(HOME_STORE_ID))
                            .agg(
                                first(TIME_ZONE, true).as(TIME_ZONE),
                                first(REGION, true).as(REGION)),
                        new String[] {HOME_STORE_ID},
                        "left"))
            .orElseGet(
                () ->
                    rows.withColumn(TIME_ZONE, lit(null).cast("string"))
                        .withColumn(REGION, lit(null).cast("string")))
            .withColumn(LOCAL, from_utc_timestamp(instant, zone()));
    if (facts.calendar().isEmpty()) {
      return placed.withColumn(HOLIDAY, lit(false));
    }
    Dataset<Row> holidays =
        facts
            .calendar()
            .get()
            .where(col(KIND).isin("national_holiday", "regional_holiday"))
            .select(
                col(CALENDAR_DATE).as("holiday_date"),
                col(REGION).as("holiday_region"),
                lit(true).as(HOLIDAY))
            .distinct();
    return placed
        .join(
            holidays,
            today()
                .equalTo(col("holiday_date"))
                .and(
                    col("holiday_region")
                        .equalTo("ALL")
                        .or(coalesce(col("holiday_region").equalTo(col(REGION)), lit(false)))),
            "left")
        .drop("holiday_date", "holiday_region")
        .dropDuplicates(CAMPAIGN_ID, CUSTOMER_ID)
        .withColumn(HOLIDAY, coalesce(col(HOLIDAY), lit(false)));
  }

  /** The date where the customer is. */
  static Column today() {
    return to_date(col(LOCAL));
  }

  static Column holiday() {
    return col(HOLIDAY);
  }

  private Column zone() {
    return coalesce(col(TIME_ZONE), lit(settings.timeZone()));
  }

  /**
   * The moment until which a message that may be sent now is neither in quiet hours nor on another
   * day: today's begin of quiet hours, or midnight, where the customer is.
   */
  Column until() {
    Column quietFrom =
        to_timestamp(
            concat(date_format(col(LOCAL), "yyyy-MM-dd "), lit(settings.quietFrom())),
            "yyyy-MM-dd HH:mm");
    Column midnight = date_add(today(), 1).cast("timestamp");
    return to_utc_timestamp(when(col(LOCAL).lt(quietFrom), quietFrom).otherwise(midnight), zone());
  }

  Column quiet() {
    Column time = date_format(col(LOCAL), "HH:mm");
    LocalTime from = LocalTime.parse(settings.quietFrom());
    LocalTime until = LocalTime.parse(settings.quietUntil());
    Column after = time.geq(lit(from.toString()));
    Column before = time.lt(lit(until.toString()));
    return from.isBefore(until) ? after.and(before) : after.or(before);
  }
}
