package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DAYS_SEEN;
import static com.posmodern.ai.contract.Columns.EXPECTED_RECEIPTS;
import static com.posmodern.ai.contract.Columns.EXPECTED_REVENUE;
import static com.posmodern.ai.contract.Columns.FIRST_MINUTE;
import static com.posmodern.ai.contract.Columns.HOUR_OF_WEEK;
import static com.posmodern.ai.contract.Columns.LAST_MINUTE;
import static com.posmodern.ai.contract.Columns.LOCAL_HOUR;
import static com.posmodern.ai.contract.Columns.RECEIPTS;
import static com.posmodern.ai.contract.Columns.RECEIPTS_SPREAD;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.REVENUE_SPREAD;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.minute;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.weekday;

import com.posmodern.ai.contract.Columns;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What each store sells in each hour of the week: at most 168 rows a store.
 *
 * <p>Means are over the days on which the store sold anything, so a day on which it was closed does
 * not lower them. How far days differ beyond chance is one number per store, found by moments over
 * all its hours: an hour alone is seen a few times only.
 */
public final class LiveProfiles {
  private static final String WEEKDAY = "__weekday";
  private static final String SQUARES = "__squares";
  private static final String REVENUE_SQUARES = "__revenue_squares";
  private static final String DIFFER = "__differ";
  private static final String REVENUE_DIFFERS = "__revenue_differs";
  private static final int DECIMALS = 6;

  private LiveProfiles() {}

  /**
   * Rows of {@code results.live_profiles} without the as-of date.
   *
   * @param sales features.accepted_sales
   * @param stores store_id, time_zone
   * @param weeks last weeks that are counted
   */
  public static Dataset<Row> of(
      Dataset<Row> sales, Dataset<Row> stores, LocalDate asOf, int weeks) {
    Dataset<Row> hours =
        sales
            .where(
                col(BUSINESS_DATE)
                    .gt(lit(asOf.minusWeeks(weeks)))
                    .and(col(BUSINESS_DATE).leq(lit(asOf))))
            .join(stores.select(STORE_ID, Columns.TIME_ZONE), STORE_ID)
            .groupBy(STORE_ID, BUSINESS_DATE, LOCAL_HOUR)
            .agg(
                count_distinct(col(SALE_ID)).as(RECEIPTS),
                sum(col(REVENUE).cast("double")).as(REVENUE),
                min(localMinute()).as(FIRST_MINUTE),
                max(localMinute()).as(LAST_MINUTE));
    Dataset<Row> days =
        hours
            .groupBy(col(STORE_ID), weekday(col(BUSINESS_DATE)).as(WEEKDAY))
            .agg(count_distinct(col(BUSINESS_DATE)).as(DAYS_SEEN));
    Column whole = col(DAYS_SEEN);
    Column mean = col(RECEIPTS).divide(whole);
    Dataset<Row> means =
        hours
            .withColumn(WEEKDAY, weekday(col(BUSINESS_DATE)))
            .groupBy(col(STORE_ID), col(WEEKDAY), col(LOCAL_HOUR))
            .agg(
                sum(RECEIPTS).as(RECEIPTS),
                sum(pow(col(RECEIPTS), 2)).as(SQUARES),
                sum(REVENUE).as(REVENUE),
                sum(pow(col(REVENUE), 2)).as(REVENUE_SQUARES),
                min(FIRST_MINUTE).as(FIRST_MINUTE),
                max(LAST_MINUTE).as(LAST_MINUTE))
            .join(days, new String[] {STORE_ID, WEEKDAY})
            .select(
                col(STORE_ID),
                col(WEEKDAY).multiply(24).plus(col(LOCAL_HOUR)).as(HOUR_OF_WEEK),
                whole.cast("int").as(DAYS_SEEN),
                col(FIRST_MINUTE),
                col(LAST_MINUTE),
                mean.as(EXPECTED_RECEIPTS),
                variance(col(SQUARES), col(RECEIPTS)).as(SQUARES),
                col(REVENUE).divide(whole).as(EXPECTED_REVENUE),
                variance(col(REVENUE_SQUARES), col(REVENUE)).as(REVENUE_SQUARES));
    return spread(means);
  }

  private static Column localMinute() {
    return minute(from_utc_timestamp(col(SOLD_AT), col(Columns.TIME_ZONE)));
  }

  /** Of an hour over the days; days without a sale in it are zeros. Of one day it is unknown. */
  private static Column variance(Column squares, Column total) {
    Column days = col(DAYS_SEEN);
    return greatest(lit(0), squares.minus(pow(total, 2).divide(days)))
        .divide(greatest(lit(1), days.minus(1)));
  }

  private static Dataset<Row> spread(Dataset<Row> means) {
    WindowSpec store = Window.partitionBy(STORE_ID);
    Column seenOften = col(DAYS_SEEN).gt(1).cast("int");
    Column receipts = col(EXPECTED_RECEIPTS);
    Column revenue = col(EXPECTED_REVENUE);
    // Var = m + a·m² of counts; a share of the mean, by its square, of money.
    Column differ =
        sum(seenOften.multiply(col(SQUARES).minus(receipts)))
            .over(store)
            .divide(greatest(lit(1e-9), sum(seenOften.multiply(pow(receipts, 2))).over(store)));
    Column revenueDiffers =
        sum(seenOften.multiply(col(REVENUE_SQUARES)))
            .over(store)
            .divide(greatest(lit(1e-9), sum(seenOften.multiply(pow(revenue, 2))).over(store)));
    Column unknown = receipts.divide(col(DAYS_SEEN));
    return means
        .withColumn(DIFFER, greatest(lit(0), differ))
        .withColumn(REVENUE_DIFFERS, revenueDiffers)
        .select(
            col(STORE_ID),
            col(HOUR_OF_WEEK),
            col(DAYS_SEEN),
            col(FIRST_MINUTE),
            col(LAST_MINUTE),
            round(receipts, DECIMALS).as(EXPECTED_RECEIPTS),
            round(
                    sqrt(receipts.plus(col(DIFFER).multiply(pow(receipts, 2))).plus(unknown)),
                    DECIMALS)
                .as(RECEIPTS_SPREAD),
            round(revenue, DECIMALS).as(EXPECTED_REVENUE),
            // Money grows with the number of receipts, and so does its variance.
            round(
                    sqrt(
                        col(REVENUE_DIFFERS)
                            .multiply(greatest(lit(0), revenue))
                            .multiply(avg(revenue).over(store))),
                    DECIMALS)
                .as(REVENUE_SPREAD));
  }
}
