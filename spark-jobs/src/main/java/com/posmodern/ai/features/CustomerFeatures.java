package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BASKET_SIZE;
import static com.posmodern.ai.contract.Columns.BASKET_VALUE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CHANNEL;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DISCOUNT;
import static com.posmodern.ai.contract.Columns.DISCOUNT_SHARE;
import static com.posmodern.ai.contract.Columns.FREQUENCY;
import static com.posmodern.ai.contract.Columns.LOCAL_HOUR;
import static com.posmodern.ai.contract.Columns.MEAN_HOUR;
import static com.posmodern.ai.contract.Columns.MONETARY_VALUE;
import static com.posmodern.ai.contract.Columns.ONLINE_SHARE;
import static com.posmodern.ai.contract.Columns.PREFERRED_DAY;
import static com.posmodern.ai.contract.Columns.PREFERRED_HOUR;
import static com.posmodern.ai.contract.Columns.PREFERRED_STORE_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_ID;
import static com.posmodern.ai.contract.Columns.PROMOTION_SHARE;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RECENCY;
import static com.posmodern.ai.contract.Columns.RETURN_SHARE;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TENURE;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.contract.Columns.WEEKEND_SHARE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row per known customer who has bought: recency and tenure over all that is known, and
 * frequency, monetary value and behaviour within a window up to the as-of date. Over a whole life a
 * customer of ten years who no longer comes would look more loyal than one of last year who does.
 *
 * <p>A basket is a receipt with at least one line sold; returns count in the monetary value and the
 * return share only. Lines of excluded categories count in the amounts, but in no share of
 * departments or categories, so that they cannot name a segment.
 */
public final class CustomerFeatures {
  private static final String IN_STORE = "store";
  private static final int SATURDAY = 6;

  private static final String LINES = "_lines";
  private static final String LINES_RETURNED = "_lines_returned";
  private static final String LINES_PROMOTED = "_lines_promoted";
  private static final String PURCHASED = "_purchased";
  private static final String SHELF_VALUE = "_shelf_value";
  private static final String DISCOUNTS = "_discounts";
  private static final String DAY = "_day";
  private static final String RECEIPT_DATE = "_receipt_date";
  private static final String RECENT = "_recent";

  private CustomerFeatures() {}

  /**
   * {@code features.customer_features} without its as-of date; empty when all sales are anonymous.
   *
   * @param products one row per product
   * @param profiling whose sales count
   * @param windowDays days that habits are taken from
   * @param excluded categories left out of the shares
   */
  public static Dataset<Row> of(
      Dataset<Row> accepted,
      Dataset<Row> products,
      Profiling profiling,
      LocalDate asOf,
      int windowDays,
      Collection<String> excluded) {
    LocalDate before = asOf.minusDays(windowDays);
    Dataset<Row> catalogue = products.select(col(PRODUCT_ID), col(CATEGORY), col(DEPARTMENT));
    Dataset<Row> lines =
        profiling
            .allowed(
                accepted.where(col(CUSTOMER_ID).isNotNull().and(col(BUSINESS_DATE).leq(lit(asOf)))))
            .join(broadcast(catalogue), new String[] {PRODUCT_ID}, "left")
            // By customer up front: none of the aggregates below shuffles again.
            .repartition(col(CUSTOMER_ID));
    Dataset<Row> habits =
        lines.filter(
            col(QUANTITY)
                .gt(0)
                .and(col(BUSINESS_DATE).gt(lit(before)))
                .and(isNamed(col(CATEGORY), excluded)));
    return Shares.joined(perCustomer(perBasket(lines), asOf, before), Shares.of(habits));
  }

  /** False for lines of excluded categories. */
  static Column isNamed(Column category, Collection<String> excluded) {
    return excluded.isEmpty()
        ? lit(true)
        : not(coalesce(category.isin(excluded.toArray()), lit(false)));
  }

  private static Dataset<Row> perBasket(Dataset<Row> lines) {
    Column isSale = col(QUANTITY).gt(0);
    return lines
        .groupBy(col(CUSTOMER_ID), col(SALE_ID))
        .agg(
            min(when(isSale, col(BUSINESS_DATE))).as(BUSINESS_DATE),
            min(col(BUSINESS_DATE)).as(RECEIPT_DATE),
            min(col(LOCAL_HOUR)).as(LOCAL_HOUR),
            min(col(STORE_ID)).as(STORE_ID),
            min(col(CHANNEL)).as(CHANNEL),
            count_if(isSale).as(LINES),
            count_if(col(QUANTITY).lt(0)).as(LINES_RETURNED),
            count_if(isSale.and(col(PROMOTION_ID).isNotNull())).as(LINES_PROMOTED),
            sum(col(REVENUE)).as(REVENUE),
            sum(when(isSale, col(REVENUE)).otherwise(0.0)).as(PURCHASED),
            sum(when(isSale, col(QUANTITY).multiply(col(UNIT_PRICE))).otherwise(0.0))
                .as(SHELF_VALUE),
            sum(when(isSale, col(DISCOUNT)).otherwise(0.0)).as(DISCOUNTS));
  }

  private static Dataset<Row> perCustomer(Dataset<Row> receipts, LocalDate asOf, LocalDate before) {
    Column isBasket = col(LINES).gt(0).and(col(RECENT));
    Column baskets = count_if(isBasket);
    Column hour = when(isBasket, col(LOCAL_HOUR));
    Column day = when(isBasket, weekday(col(BUSINESS_DATE)).plus(1));
    // Rounded before they are divided: equal in any order of addition.
    Column shelfValue = round(sum(recent(SHELF_VALUE)), 5);
    Column discounts = round(sum(recent(DISCOUNTS)), 2);
    Column lines = sum(recent(LINES));
    Column returned = sum(recent(LINES_RETURNED));
    return receipts
        .withColumn(RECENT, col(RECEIPT_DATE).gt(lit(before)))
        .withColumn(DAY, day)
        .groupBy(col(CUSTOMER_ID))
        .agg(
            datediff(lit(asOf), max(col(BUSINESS_DATE))).cast("double").as(RECENCY),
            baskets.cast("double").as(FREQUENCY),
            round(sum(recent(REVENUE)), 2).as(MONETARY_VALUE),
            datediff(lit(asOf), min(col(BUSINESS_DATE))).cast("double").as(TENURE),
            try_divide(round(sum(recent(PURCHASED)), 2), baskets).as(BASKET_VALUE),
            try_divide(lines, baskets).as(BASKET_SIZE),
            mode(hour, true).as(PREFERRED_HOUR),
            mode(col(DAY), true).as(PREFERRED_DAY),
            avg(hour).as(MEAN_HOUR),
            try_divide(count_if(col(DAY).geq(SATURDAY)), baskets).as(WEEKEND_SHARE),
            when(shelfValue.gt(0), least(discounts.divide(shelfValue), lit(1.0)))
                .when(baskets.gt(0), 0.0)
                .as(DISCOUNT_SHARE),
            try_divide(sum(recent(LINES_PROMOTED)), lines).as(PROMOTION_SHARE),
            try_divide(count_if(isBasket.and(col(CHANNEL).notEqual(IN_STORE))), baskets)
                .as(ONLINE_SHARE),
            try_divide(returned, lines.plus(returned)).as(RETURN_SHARE),
            mode(when(isBasket, col(STORE_ID)), true).as(PREFERRED_STORE_ID))
        // A customer who only ever returned something has bought nothing.
        .filter(col(RECENCY).isNotNull());
  }

  /** A receipt's figure where the receipt lies in the window, else 0. */
  private static Column recent(String figure) {
    return when(col(RECENT), col(figure)).otherwise(0);
  }
}
