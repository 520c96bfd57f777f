package com.posmodern.ai.behaviour.live;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.DIFFERENCES;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MEAN_RATE;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RATE_KIND;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static com.posmodern.ai.contract.Columns.SEEN;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.TILL_ID;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.session_window;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.var_samp;

import com.posmodern.ai.behaviour.live.Rates.Kind;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows of {@code results.live_rates}: of the receipts or carts of an hour, how many are of what,
 * and how far hours differ in it beyond chance (by moments over all hours, those without any among
 * them; chance is binomial).
 */
public final class LiveRates {
  private static final String HOUR = "__hour";
  private static final String DAY = "__day";
  private static final String OF = "__of";
  private static final String HAVING = "__having";
  private static final String WHOLE = "__whole";
  private static final String SQUARES = "__squares";
  private static final String BOTH = "__both";
  private static final String HAVING_SQUARES = "__having_squares";
  private static final String BEGUN = "__begun";
  private static final String LEFT = "__left";
  private static final String CARTS = "__session";
  private static final String BOUGHT = "__bought";

  private LiveRates() {}

  /**
   * What is usual.
   *
   * @param sales features.accepted_sales
   * @param lines source.sales_lines, for the tills
   * @param interactions source.interactions; empty where there are none
   * @param weeks last weeks that are counted
   * @param cartMinutes a cart that is left alone for so long is lost
   * @return the rows without the as-of date
   */
  public static Dataset<Row> of(
      Dataset<Row> sales,
      Dataset<Row> lines,
      Optional<Dataset<Row>> interactions,
      LocalDate asOf,
      int weeks,
      int cartMinutes) {
    Date from = Date.valueOf(asOf.minusWeeks(weeks));
    Date until = Date.valueOf(asOf);
    Dataset<Row> sold =
        sales.where(
            col(BUSINESS_DATE)
                .gt(lit(from))
                .and(col(BUSINESS_DATE).leq(lit(until)))
                .and(col(QUANTITY).gt(0)));
    Dataset<Row> rates =
        products(sold)
            .unionByName(customers(sold))
            .unionByName(tills(lines.where(within(SOLD_AT, from, until))));
    return interactions
        .map(
            all ->
                rates.unionByName(
                    carts(all.where(within(OCCURRED_AT, from, until)), sold, cartMinutes)))
        .orElse(rates);
  }

  private static Column within(String moment, Date from, Date until) {
    return col(moment).cast("date").gt(lit(from)).and(col(moment).cast("date").leq(lit(until)));
  }

  private static Column hour(String moment) {
    return date_trunc("hour", col(moment)).as(HOUR);
  }

  private static Dataset<Row> products(Dataset<Row> sold) {
    Dataset<Row> hours = sold.groupBy(hour(SOLD_AT)).agg(count_distinct(col(SALE_ID)).as(OF));
    Dataset<Row> having =
        sold.groupBy(col(PRODUCT_ID).as(ITEM_ID), hour(SOLD_AT))
            .agg(count_distinct(col(SALE_ID)).as(HAVING))
            .join(broadcast(hours), HOUR)
            .groupBy(ITEM_ID)
            .agg(moments()[0], moments()[1], moments()[2]);
    Dataset<Row> whole = hours.agg(sum(OF).as(WHOLE), sum(pow(col(OF), 2)).as(SQUARES));
    return rates(having.crossJoin(broadcast(whole)), Kind.PRODUCT, lit(Finding.ALL), col(ITEM_ID));
  }

  /** Of the days on which a till sold anything: some are manned on Saturdays only. */
  private static Dataset<Row> tills(Dataset<Row> lines) {
    Dataset<Row> sold = lines.where(col(QUANTITY).gt(0)).withColumn(DAY, col(SOLD_AT).cast("date"));
    Dataset<Row> hours =
        sold.groupBy(col(STORE_ID), col(DAY), hour(SOLD_AT))
            .agg(count_distinct(col(SALE_ID)).as(OF));
    Dataset<Row> days =
        hours.groupBy(STORE_ID, DAY).agg(sum(OF).as(WHOLE), sum(pow(col(OF), 2)).as(SQUARES));
    Dataset<Row> having =
        sold.where(col(TILL_ID).isNotNull())
            .groupBy(col(STORE_ID), col(TILL_ID).as(ITEM_ID), col(DAY), hour(SOLD_AT))
            .agg(count_distinct(col(SALE_ID)).as(HAVING))
            .join(hours, new String[] {STORE_ID, DAY, HOUR})
            .groupBy(STORE_ID, ITEM_ID, DAY)
            .agg(moments()[0], moments()[1], moments()[2])
            .join(days, new String[] {STORE_ID, DAY})
            .groupBy(STORE_ID, ITEM_ID)
            .agg(
                sum(HAVING).as(HAVING),
                sum(HAVING_SQUARES).as(HAVING_SQUARES),
                sum(BOTH).as(BOTH),
                sum(WHOLE).as(WHOLE),
                sum(SQUARES).as(SQUARES));
    return rates(having, Kind.TILL, col(STORE_ID), col(ITEM_ID));
  }

  /** A cart is what a customer adds without a longer pause; it is bought by any receipt. */
  private static Dataset<Row> carts(Dataset<Row> interactions, Dataset<Row> sold, int cartMinutes) {
    Dataset<Row> carts =
        interactions
            .where(col(KIND).equalTo("cart"))
            .groupBy(
                col(CUSTOMER_ID),
                session_window(col(OCCURRED_AT), cartMinutes + " minutes").as(CARTS))
            .agg(
                coalesce(min(STORE_ID), lit(Finding.ALL)).as(STORE_ID),
                min(OCCURRED_AT).as(BEGUN),
                max(OCCURRED_AT).as(LEFT));
    Dataset<Row> receipts =
        sold.where(col(CUSTOMER_ID).isNotNull())
            .select(col(CUSTOMER_ID), col(SOLD_AT).as(BOUGHT))
            .distinct();
    Column inTime =
        col(BOUGHT)
            .geq(col(BEGUN))
            .and(
                col(BOUGHT)
                    .leq(col(LEFT).plus(expr("INTERVAL %d MINUTES".formatted(cartMinutes)))));
    Dataset<Row> hours =
        carts
            .join(
                receipts.withColumnRenamed(CUSTOMER_ID, ITEM_ID),
                col(CUSTOMER_ID).equalTo(col(ITEM_ID)).and(inTime),
                "left")
            .groupBy(col(STORE_ID), col(CUSTOMER_ID), col(BEGUN))
            .agg(max(col(BOUGHT)).isNull().cast("int").as(HAVING))
            .groupBy(col(STORE_ID), hour(BEGUN))
            .agg(sum(HAVING).as(HAVING), count(lit(1)).as(OF));
    Dataset<Row> having =
        hours
            .groupBy(STORE_ID)
            .agg(
                moments()[0],
                moments()[1],
                moments()[2],
                sum(OF).as(WHOLE),
                sum(pow(col(OF), 2)).as(SQUARES));
    return rates(having, Kind.CART, col(STORE_ID), lit(Finding.ALL));
  }

  /** Receipts of a customer beyond the first within an hour. */
  private static Dataset<Row> customers(Dataset<Row> sold) {
    Column further = col(HAVING).minus(1);
    Column mean = greatest(avg(further), lit(1.0).divide(count(lit(1))));
    return sold.where(col(CUSTOMER_ID).isNotNull())
        .groupBy(col(CUSTOMER_ID), hour(SOLD_AT))
        .agg(count_distinct(col(SALE_ID)).as(HAVING))
        .agg(
            mean.as(MEAN_RATE),
            greatest(
                    lit(0.0),
                    coalesce(var_samp(further), lit(0.0)).minus(mean).divide(pow(mean, 2)))
                .as(DIFFERENCES),
            count(lit(1)).as(SEEN))
        .where(col(SEEN).gt(0))
        .select(
            lit(Kind.CUSTOMER.name()).as(RATE_KIND),
            lit(Finding.ALL).as(STORE_ID),
            lit(Finding.ALL).as(ITEM_ID),
            col(MEAN_RATE),
            col(DIFFERENCES),
            col(SEEN));
  }

  private static Column[] moments() {
    return new Column[] {
      sum(HAVING).as(HAVING),
      sum(pow(col(HAVING), 2)).as(HAVING_SQUARES),
      sum(col(HAVING).multiply(col(OF))).as(BOTH)
    };
  }

  private static Dataset<Row> rates(Dataset<Row> having, Kind kind, Column store, Column item) {
    Column share = least(lit(1.0), col(HAVING).divide(col(WHOLE)));
    // Σ(n - N·s)², less what chance alone gives, beside Σ(N·s)².
    Column squares =
        col(HAVING_SQUARES)
            .minus(share.multiply(2).multiply(col(BOTH)))
            .plus(pow(share, 2).multiply(col(SQUARES)));
    Column chance = share.multiply(lit(1.0).minus(share)).multiply(col(WHOLE));
    return having
        .where(col(HAVING).gt(0))
        .select(
            lit(kind.name()).as(RATE_KIND),
            store.as(STORE_ID),
            item.as(ITEM_ID),
            share.as(MEAN_RATE),
            greatest(lit(0.0), squares.minus(chance).divide(pow(share, 2).multiply(col(SQUARES))))
                .as(DIFFERENCES),
            col(HAVING).as(SEEN));
  }
}
