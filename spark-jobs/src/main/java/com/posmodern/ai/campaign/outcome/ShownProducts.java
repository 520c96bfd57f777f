package com.posmodern.ai.campaign.outcome;

import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BOUGHT;
import static com.posmodern.ai.contract.Columns.BOUGHT_BEFORE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CLICKED;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.LIST_PART;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SHOWN;
import static com.posmodern.ai.contract.Columns.SOLD_AT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What became of the recommended products that customers were shown: a customer and a product count
 * once, from the first time on, so that no purchase counts twice.
 *
 * @param asOf last day that is known
 * @param shownDays days whose showings count; they end {@code buyDays} before the as-of date
 * @param buyDays days after a showing in which a click or a purchase counts as its answer
 * @param timeZone whose days the moments of {@code source.interactions} fall on, as they name no
 *     store: an evening's showing belongs to that day's list
 */
public record ShownProducts(LocalDate asOf, int shownDays, int buyDays, String timeZone) {
  /** All places of the lists. */
  public static final String ALL = "ALL";

  /** A list is up to so many days old when it is shown. */
  private static final int LIST_DAYS = 7;

  private static final int TOP = 5;
  private static final int MIDDLE = 10;
  private static final String[] PAIR = {CUSTOMER_ID, PRODUCT_ID};
  private static final String SHOWN_AT = "shown_at";
  private static final String TAKEN = "taken";
  private static final String PLACE = "place";

  /** First day whose showings count. */
  public LocalDate first() {
    return last().minusDays(shownDays - 1L);
  }

  /** Last day whose showings count: the days to answer it are over. */
  public LocalDate last() {
    return asOf.minusDays(buyDays);
  }

  /**
   * One row per part of the lists: list_part, customers, shown, clicked, bought, revenue. The row
   * of all parts is there even where nothing was shown.
   *
   * @param interactions {@code source.interactions}
   * @param lists {@code results.product_recommendations} of every night
   * @param sales {@code features.accepted_sales}
   */
  public Dataset<Row> of(Dataset<Row> interactions, Dataset<Row> lists, Dataset<Row> sales) {
    Dataset<Row> shown = shown(interactions);
    Dataset<Row> pairs =
        shown
            .join(places(shown, lists), PAIR, "left")
            .join(bought(shown, sales), PAIR, "left")
            .select(
                col(CUSTOMER_ID),
                explode(parts()).as(LIST_PART),
                when(col(TAKEN), 1L).otherwise(0L).as(CLICKED),
                coalesce(col(BOUGHT), lit(0L)).as(BOUGHT),
                coalesce(col(REVENUE), lit(0.0)).as(REVENUE));
    Dataset<Row> nobody =
        shown
            .sparkSession()
            .range(1)
            .select(
                lit(null).cast("string").as(CUSTOMER_ID),
                lit(ALL).as(LIST_PART),
                lit(0L).as(CLICKED),
                lit(0L).as(BOUGHT),
                lit(0.0).as(REVENUE));
    return pairs
        .unionByName(nobody)
        .groupBy(col(LIST_PART))
        .agg(
            count_distinct(col(CUSTOMER_ID)).as(CUSTOMERS),
            count(col(CUSTOMER_ID)).as(SHOWN),
            sum(col(CLICKED)).as(CLICKED),
            sum(col(BOUGHT)).as(BOUGHT),
            sum(col(REVENUE)).as(REVENUE));
  }

  /** Customer, product, the first showing, and whether the customer then followed it. */
  private Dataset<Row> shown(Dataset<Row> interactions) {
    Column day = day(col(OCCURRED_AT));
    Column inTime = day.leq(lit(Date.valueOf(last())));
    return interactions
        .where(day.between(lit(Date.valueOf(first())), lit(Date.valueOf(asOf))))
        .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID))
        .agg(
            min(when(col(KIND).equalTo("recommendation_shown").and(inTime), col(OCCURRED_AT)))
                .as(SHOWN_AT),
            collect_list(when(col(KIND).equalTo("recommendation_taken"), col(OCCURRED_AT)))
                .as(TAKEN))
        .where(col(SHOWN_AT).isNotNull())
        .withColumn(
            TAKEN,
            exists(
                col(TAKEN),
                at ->
                    at.geq(col(SHOWN_AT)).and(day(at).leq(date_add(day(col(SHOWN_AT)), buyDays)))));
  }

  /** Place in the newest list that the customer had before the showing. */
  private Dataset<Row> places(Dataset<Row> shown, Dataset<Row> lists) {
    Column day = day(col(SHOWN_AT));
    return lists
        .where(
            col(AS_OF_DATE)
                .between(
                    lit(Date.valueOf(first().minusDays(LIST_DAYS))), lit(Date.valueOf(last()))))
        .select(CUSTOMER_ID, PRODUCT_ID, AS_OF_DATE, RANK, BOUGHT_BEFORE)
        .join(shown.select(CUSTOMER_ID, PRODUCT_ID, SHOWN_AT), PAIR)
        .where(col(AS_OF_DATE).lt(day).and(col(AS_OF_DATE).geq(date_sub(day, LIST_DAYS))))
        .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID))
        .agg(max_by(struct(col(RANK), col(BOUGHT_BEFORE)), col(AS_OF_DATE)).as(PLACE));
  }

  private Dataset<Row> bought(Dataset<Row> shown, Dataset<Row> sales) {
    Column answers =
        col(SOLD_AT)
            .geq(col(SHOWN_AT))
            .and(col(BUSINESS_DATE).leq(date_add(day(col(SHOWN_AT)), buyDays)));
    return sales
        .where(col(BUSINESS_DATE).geq(lit(Date.valueOf(first()))).and(col(QUANTITY).gt(0)))
        .select(CUSTOMER_ID, PRODUCT_ID, SOLD_AT, BUSINESS_DATE, REVENUE)
        .join(shown.select(CUSTOMER_ID, PRODUCT_ID, SHOWN_AT), PAIR)
        .where(answers)
        .groupBy(col(CUSTOMER_ID), col(PRODUCT_ID))
        .agg(max(lit(1L)).as(BOUGHT), sum(col(REVENUE)).as(REVENUE));
  }

  private Column day(Column moment) {
    return to_date(from_utc_timestamp(moment, timeZone));
  }

  /** The parts of the lists that a pair counts in. */
  private static Column parts() {
    Column rank = col(PLACE).getField(RANK);
    return array(
        lit(ALL),
        when(rank.isNull(), "NOT_IN_LIST")
            .when(rank.leq(TOP), "PLACE_1_TO_5")
            .when(rank.leq(MIDDLE), "PLACE_6_TO_10")
            .otherwise("PLACE_11_AND_ON"),
        when(rank.isNull(), "UNKNOWN")
            .when(col(PLACE).getField(BOUGHT_BEFORE), "BOUGHT_BEFORE")
            .otherwise("TO_DISCOVER"));
  }
}
