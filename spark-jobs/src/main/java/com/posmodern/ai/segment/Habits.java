package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.WEEKEND_SHARE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.median;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/**
 * Aggregated behaviour of a group of customers; figures are null when there is no customer.
 *
 * @param revenue minus returns
 * @param recency median, days
 * @param frequency median, baskets
 * @param monetaryValue median, currency
 * @param basketValue median, currency
 * @param discountShare mean
 * @param weekendShare mean
 * @param onlineShare mean
 * @param meanHour mean
 */
record Habits(
    long customers,
    double revenue,
    Double recency,
    Double frequency,
    Double monetaryValue,
    Double basketValue,
    Double discountShare,
    Double weekendShare,
    Double onlineShare,
    Double meanHour) {

  static final Habits NONE = new Habits(0, 0, null, null, null, null, null, null, null, null);

  /** Rounded, because sums differ in their last bits with the order of rows. */
  static final List<Column> AGGREGATES =
      List.of(
          count(lit(1)).as("customers"),
          round(sum(col(MONETARY_VALUE)), 2).as("revenue"),
          median(round(col(RECENCY))).as("recency"),
          median(col(FREQUENCY)).as("frequency"),
          median(round(col(MONETARY_VALUE))).as("monetary_value"),
          median(round(col(BASKET_VALUE), 2)).as("basket_value"),
          round(avg(DISCOUNT_SHARE), 4).as("discount_share"),
          round(avg(WEEKEND_SHARE), 4).as("weekend_share"),
          round(avg(ONLINE_SHARE), 4).as("online_share"),
          round(avg(MEAN_HOUR), 2).as("mean_hour"));

  /**
   * Reads the aggregates of a row.
   *
   * @param first position of the first aggregate in the row
   */
  static Habits of(Row row, int first) {
    return new Habits(
        row.getLong(first),
        row.isNullAt(first + 1) ? 0 : row.getDouble(first + 1),
        row.getAs(first + 2),
        row.getAs(first + 3),
        row.getAs(first + 4),
        row.getAs(first + 5),
        row.getAs(first + 6),
        row.getAs(first + 7),
        row.getAs(first + 8),
        row.getAs(first + 9));
  }
}
