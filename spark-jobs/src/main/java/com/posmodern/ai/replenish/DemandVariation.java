package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STATE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ReplenishmentSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much the demand of a series varies from day to day beside its weekly rhythm: variance ÷ mean
 * within the weekdays of the last quarter. Days on promotion, whose lift the forecast knows, and
 * days sold out or not open, whose demand nobody saw, are left out.
 *
 * <p>Days without a row are days without demand: they are counted by the calendar, so that a table
 * with and one without rows of zeros give the same.
 */
final class DemandVariation {
  /** Variance ÷ mean, at least 1. */
  static final String DISPERSION = "_dispersion";

  private static final int DAYS = 91;
  private static final int DAYS_READ = 2 * DAYS;
  private static final int WEEKDAYS = 7;

  /** Weight of the dispersion of all products, in days, beside the days of the series. */
  private static final double PRIOR_DAYS = 7;

  private static final String FIRST = "_first";
  private static final String SQUARES = "_squares";

  private DemandVariation() {}

  /** Store, product and {@link #DISPERSION} of every series of the daily demand. */
  static Dataset<Row> of(ReplenishmentInput input, ReplenishmentSettings settings) {
    LocalDate asOf = input.asOf();
    LocalDate from = asOf.minusDays(DAYS - 1);
    Optional<Dataset<Row>> notOpen =
        input
            .arrivals()
            .map(
                rows ->
                    rows.where(
                            col(BUSINESS_DATE)
                                .between(lit(from), lit(asOf))
                                .and(col(STATE).notEqual("open")))
                        .select(STORE_ID, BUSINESS_DATE));
    Dataset<Row> daily =
        notOpen
            .map(
                days ->
                    input
                        .dailyDemand()
                        .join(broadcast(days), new String[] {STORE_ID, BUSINESS_DATE}, "left_anti"))
            .orElse(input.dailyDemand());
    Column recent = col(BUSINESS_DATE).geq(lit(from));
    Column plain = recent.and(not(col(STOCK_OUT))).and(not(col(ON_PROMOTION)));
    List<Column> sums = new ArrayList<>();
    sums.add(sum(when(plain, pow(col(DEMAND), 2)).otherwise(0.0)).as(SQUARES));
    for (int day = 0; day < WEEKDAYS; day++) {
      Column ofWeekday = weekday(col(BUSINESS_DATE)).equalTo(day);
      sums.add(sum(when(plain.and(ofWeekday), col(DEMAND)).otherwise(0.0)).as(demandOf(day)));
      sums.add(count_if(recent.and(not(plain)).and(ofWeekday)).as(unseenOf(day)));
    }
    Dataset<Row> series =
        daily
            .where(col(BUSINESS_DATE).between(lit(asOf.minusDays(DAYS_READ - 1)), lit(asOf)))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(min(BUSINESS_DATE).as(FIRST), sums.toArray(Column[]::new));
    return withClosedDays(series, notOpen)
        .select(col(STORE_ID), col(PRODUCT_ID), dispersion(from, asOf, settings));
  }

  /** Adds how many days of each weekday the store was not open. */
  private static Dataset<Row> withClosedDays(Dataset<Row> series, Optional<Dataset<Row>> notOpen) {
    if (notOpen.isEmpty()) {
      Dataset<Row> open = series;
      for (int day = 0; day < WEEKDAYS; day++) {
        open = open.withColumn(closedOn(day), lit(0L));
      }
      return open;
    }
    List<Column> counts = new ArrayList<>();
    for (int day = 0; day < WEEKDAYS; day++) {
      counts.add(count_if(weekday(col(BUSINESS_DATE)).equalTo(day)).as(closedOn(day)));
    }
    Dataset<Row> closed =
        notOpen
            .get()
            .groupBy(STORE_ID)
            .agg(counts.get(0), counts.subList(1, WEEKDAYS).toArray(Column[]::new));
    return series.join(broadcast(closed), new String[] {STORE_ID}, "left");
  }

  private static Column dispersion(LocalDate from, LocalDate asOf, ReplenishmentSettings settings) {
    Column start = greatest(col(FIRST), lit(from));
    Column span = datediff(lit(asOf), start);
    Column days = lit(0.0);
    Column demand = lit(0.0);
    Column residual = col(SQUARES);
    Column freedom = lit(0.0);
    for (int day = 0; day < WEEKDAYS; day++) {
      Column ahead = pmod(lit(day).minus(weekday(start)), lit(WEEKDAYS));
      Column all = floor(span.minus(ahead).divide(WEEKDAYS)).plus(1);
      Column seen =
          greatest(
                  all.minus(col(unseenOf(day))).minus(coalesce(col(closedOn(day)), lit(0L))),
                  lit(0L))
              .cast("double");
      days = days.plus(seen);
      demand = demand.plus(col(demandOf(day)));
      residual =
          residual.minus(when(seen.gt(0), pow(col(demandOf(day)), 2).divide(seen)).otherwise(0.0));
      freedom = freedom.plus(greatest(seen.minus(1), lit(0.0)));
    }
    // Variance × freedom ÷ mean; a series too short for a variance has the prior one.
    Column own = coalesce(residual.multiply(days).divide(when(demand.gt(0), demand)), lit(0.0));
    Column freedomOfOwn = when(demand.gt(0), freedom).otherwise(0.0);
    return round(
            greatest(
                own.plus(settings.typicalDispersion() * PRIOR_DAYS)
                    .divide(freedomOfOwn.plus(PRIOR_DAYS)),
                lit(1.0)),
            6)
        .as(DISPERSION);
  }

  private static String demandOf(int weekday) {
    return "_demand_" + weekday;
  }

  private static String closedOn(int weekday) {
    return "_closed_" + weekday;
  }

  private static String unseenOf(int weekday) {
    return "_unseen_" + weekday;
  }
}
