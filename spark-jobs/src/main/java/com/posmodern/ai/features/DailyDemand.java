package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.DISCOUNT_RATE;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RETURNED;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.features.DayEvents.DISCOUNTS;
import static com.posmodern.ai.features.DayEvents.LINES;
import static com.posmodern.ai.features.DayEvents.SHELF_VALUE;
import static com.posmodern.ai.features.DayEvents.SOLD;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.last;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Demand per store, product and store-local business date, every day of the product's life in the
 * store.
 *
 * <p>A life begins with the first sale and ends with the as-of date; that of a discontinued product
 * ends with its last day on sale, or its last line when one came later.
 *
 * <p>Lines, promoted days and sold-out days are events of a series. They are sorted once by series
 * and day; each day then explodes into itself and the empty days until the next event. So the zero
 * days, by far the most rows, are made where they are written and never shuffled, and the last
 * known price is simply that of the row they came from.
 */
public final class DailyDemand {
  private static final String LIFE_BEGAN = "_life_began";
  private static final String LAST_LINE = "_last_line";
  private static final String LIFE_END = "_life_end";
  private static final String NEXT_DATE = "_next_date";
  private static final String FILLED_DATE = "_filled_date";

  private DailyDemand() {}

  /**
   * {@code features.daily_demand} without its as-of date.
   *
   * @param accepted accepted sales; lines after the as-of date are ignored
   * @param products one row per product
   * @param promotions sound promotions; without them a day is promoted when a line says so
   * @param inventory stock per day; without it no day is sold out
   */
  public static Dataset<Row> of(
      Dataset<Row> accepted,
      Dataset<Row> products,
      Optional<Dataset<Row>> promotions,
      Optional<Dataset<Row>> inventory,
      LocalDate asOf) {
    Dataset<Row> events = DayEvents.of(accepted, promotions, inventory, asOf);
    return fill(withinLife(days(events), products, asOf));
  }

  /** One row per series and day with an event. */
  private static Dataset<Row> days(Dataset<Row> events) {
    // Partitioned by series up front, so that the aggregate and both windows need no other shuffle.
    Dataset<Row> bySeries = events.repartition(col(STORE_ID), col(PRODUCT_ID));
    // Sums of lines are rounded to what lines are counted in: equal in any order of addition.
    return bySeries
        .groupBy(col(STORE_ID), col(PRODUCT_ID), col(BUSINESS_DATE))
        .agg(
            sum(col(LINES)).as(LINES),
            round(sum(col(SOLD)), 3).as(SOLD),
            round(sum(col(RETURNED)), 3).as(RETURNED),
            round(sum(col(REVENUE)), 2).as(REVENUE),
            round(sum(col(SHELF_VALUE)), 5).as(SHELF_VALUE),
            round(sum(col(DISCOUNTS)), 2).as(DISCOUNTS),
            max(col(ON_PROMOTION)).as(ON_PROMOTION),
            max(col(STOCK_OUT)).as(STOCK_OUT));
  }

  private static Dataset<Row> withinLife(Dataset<Row> days, Dataset<Row> products, LocalDate asOf) {
    WindowSpec whole = Window.partitionBy(col(STORE_ID), col(PRODUCT_ID));
    WindowSpec soFar =
        whole
            .orderBy(col(BUSINESS_DATE))
            .rowsBetween(Window.unboundedPreceding(), Window.currentRow());
    Column soldOn = when(col(SOLD).gt(0), col(BUSINESS_DATE));
    Column lineOn = when(col(LINES).gt(0), col(BUSINESS_DATE));
    Column shelfPrice = when(col(SOLD).gt(0), round(col(SHELF_VALUE).divide(col(SOLD)), 4));
    Dataset<Row> known =
        days.withColumns(
            Map.of(
                LIFE_BEGAN, min(soldOn).over(soFar),
                LAST_LINE, max(lineOn).over(whole),
                UNIT_PRICE, last(shelfPrice, true).over(soFar)));
    Column end =
        when(
                col(DISCONTINUED_ON).isNotNull(),
                least(lit(asOf), greatest(col(DISCONTINUED_ON), col(LAST_LINE))))
            .otherwise(lit(asOf));
    return known
        .join(
            broadcast(products.select(col(PRODUCT_ID), col(DISCONTINUED_ON))),
            new String[] {PRODUCT_ID},
            "left")
        .withColumn(LIFE_END, end)
        .filter(col(LIFE_BEGAN).isNotNull().and(col(BUSINESS_DATE).leq(col(LIFE_END))))
        .withColumn(NEXT_DATE, lead(col(BUSINESS_DATE), 1).over(whole.orderBy(col(BUSINESS_DATE))));
  }

  private static Dataset<Row> fill(Dataset<Row> days) {
    Column lastFilled = coalesce(date_sub(col(NEXT_DATE), 1), col(LIFE_END));
    Column isEvent = col(FILLED_DATE).equalTo(col(BUSINESS_DATE));
    Column shelfValue = col(SHELF_VALUE);
    return days.withColumn(FILLED_DATE, explode(sequence(col(BUSINESS_DATE), lastFilled)))
        .select(
            col(STORE_ID),
            col(PRODUCT_ID),
            col(FILLED_DATE).as(BUSINESS_DATE),
            when(isEvent, round(greatest(col(SOLD).minus(col(RETURNED)), lit(0.0)), 3))
                .otherwise(0.0)
                .as(DEMAND),
            when(isEvent, col(RETURNED)).otherwise(0.0).as(RETURNED),
            when(isEvent, col(REVENUE)).otherwise(0.0).as(REVENUE),
            col(UNIT_PRICE),
            when(
                    isEvent.and(shelfValue.gt(0)),
                    round(least(col(DISCOUNTS).divide(shelfValue), lit(1.0)), 6))
                .otherwise(0.0)
                .as(DISCOUNT_RATE),
            isEvent.and(col(ON_PROMOTION)).as(ON_PROMOTION),
            isEvent.and(col(STOCK_OUT)).as(STOCK_OUT));
  }
}
