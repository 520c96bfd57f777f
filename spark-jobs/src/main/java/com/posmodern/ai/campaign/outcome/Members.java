package com.posmodern.ai.campaign.outcome;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EXPECTED_COST;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MEASURE_DAYS;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_COST;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.campaign.audience.Arms;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One row per customer of a campaign: what they spent before and after, and what they did. */
final class Members {
  /** All campaigns together: everybody whom one selected, against the global holdout. */
  static final String EVERY_CAMPAIGN = "ALL";

  static final String ADDRESSED = "ADDRESSED";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String BOUGHT = "bought";

  /** Revenue after selection of products whose purchase cost is known, and that cost. */
  static final String COSTED = "costed";

  static final String GOODS = "goods";

  /** Of {@code source.campaign_events}, in the order of the results. */
  static final String[] EVENTS = {"sent", "opened", "clicked", "unsubscribed"};

  private static final String MEMBER = "member";

  /** First day on which a campaign selected the customer, and the last one that counts for any. */
  private static final String SELECTED = "selected";

  private static final String LAST = "last";
  private static final String LINES = "lines";
  private static final String COSTS = "costs";

  private Members() {}

  /**
   * Follows the customers.
   *
   * @param audience {@code results.campaign_audience} of every night before the as-of date
   * @param sales {@code features.accepted_sales} of the as-of date
   * @param costs of the products of some lines: store_id, product_id, unit_cost, where it is known
   * @param events {@code source.campaign_events}
   * @param prePeriodDays days up to selection that count as before
   */
  static Dataset<Row> of(
      Dataset<Row> audience,
      Dataset<Row> sales,
      Optional<UnaryOperator<Dataset<Row>>> costs,
      Optional<Dataset<Row>> events,
      LocalDate asOf,
      int prePeriodDays) {
    Dataset<Row> selected = audience.where(col(AS_OF_DATE).lt(lit(Date.valueOf(asOf))));
    Dataset<Row> members = withAll(selected);
    Dataset<Row> days =
        costed(counted(sales, selected, prePeriodDays), costs)
            .groupBy(col(CUSTOMER_ID), col(BUSINESS_DATE))
            .agg(
                sum(col(REVENUE)).as(REVENUE),
                sum(col(COSTED)).as(COSTED),
                sum(col(GOODS)).as(GOODS),
                max(when(col(REVENUE).gt(0), 1).otherwise(0)).as(BOUGHT));
    Column after =
        col(BUSINESS_DATE)
            .gt(col(AS_OF_DATE))
            .and(col(BUSINESS_DATE).leq(date_add(col(AS_OF_DATE), col(MEASURE_DAYS))));
    Column before =
        col(BUSINESS_DATE)
            .leq(col(AS_OF_DATE))
            .and(col(BUSINESS_DATE).gt(date_sub(col(AS_OF_DATE), prePeriodDays)));
    Dataset<Row> spend =
        members
            .select(CAMPAIGN_ID, CUSTOMER_ID, AS_OF_DATE, MEASURE_DAYS)
            .join(days, CUSTOMER_ID)
            .groupBy(col(CAMPAIGN_ID), col(CUSTOMER_ID))
            .agg(
                sum(when(after, col(REVENUE)).otherwise(0)).as(AFTER),
                sum(when(before, col(REVENUE)).otherwise(0)).as(BEFORE),
                sum(when(after, col(COSTED)).otherwise(0)).as(COSTED),
                sum(when(after, col(GOODS)).otherwise(0)).as(GOODS),
                max(when(after, col(BOUGHT)).otherwise(0)).as(BOUGHT));
    String[] key = {CAMPAIGN_ID, CUSTOMER_ID};
    Dataset<Row> followed = members.join(spend, key, "left");
    if (events.isPresent()) {
      followed = followed.join(did(events.get(), members, asOf), key, "left");
    }
    Dataset<Row> all = followed;
    Column[] numbers =
        Stream.concat(Stream.of(AFTER, BEFORE, COSTED, GOODS, BOUGHT), Arrays.stream(EVENTS))
            .map(
                name ->
                    (Arrays.asList(all.columns()).contains(name)
                            ? coalesce(col(name), lit(0))
                            : lit(0))
                        .as(name))
            .toArray(Column[]::new);
    return all.select(
        Stream.concat(
                Stream.of(CAMPAIGN_ID, ARM, SEGMENT_ID, SEGMENT_NAME, EXPECTED_COST)
                    .map(name -> col(name)),
                Arrays.stream(numbers))
            .toArray(Column[]::new));
  }

  /** The lines of customers whom a campaign selected, of the days that count for any of them. */
  private static Dataset<Row> counted(
      Dataset<Row> sales, Dataset<Row> selected, int prePeriodDays) {
    Dataset<Row> spans =
        selected
            .groupBy(col(CUSTOMER_ID))
            .agg(
                min(col(AS_OF_DATE)).as(SELECTED),
                max(date_add(col(AS_OF_DATE), col(MEASURE_DAYS))).as(LAST));
    return sales
        .join(spans, CUSTOMER_ID)
        .where(
            col(BUSINESS_DATE)
                .gt(date_sub(col(SELECTED), prePeriodDays))
                .and(col(BUSINESS_DATE).leq(col(LAST))));
  }

  /**
   * Adds the revenue whose cost is known, and that cost; both 0 where it is not. Before selection
   * nobody asks for costs, so only later lines look for theirs.
   */
  private static Dataset<Row> costed(
      Dataset<Row> lines, Optional<UnaryOperator<Dataset<Row>>> costs) {
    if (costs.isEmpty()) {
      return lines.withColumn(COSTED, lit(0.0)).withColumn(GOODS, lit(0.0));
    }
    Column later = col(BUSINESS_DATE).gt(col(SELECTED));
    Dataset<Row> known = costs.get().apply(lines.where(later)).as(COSTS);
    return lines
        .as(LINES)
        .join(
            known,
            later
                .and(col(LINES + "." + STORE_ID).equalTo(col(COSTS + "." + STORE_ID)))
                .and(col(LINES + "." + PRODUCT_ID).equalTo(col(COSTS + "." + PRODUCT_ID))),
            "left")
        .withColumn(COSTED, when(col(UNIT_COST).isNotNull(), col(REVENUE)).otherwise(0.0))
        .withColumn(GOODS, coalesce(col(UNIT_COST).multiply(col(QUANTITY)), lit(0.0)));
  }

  /** A customer whom several campaigns selected counts once among all, from the first time on. */
  private static Dataset<Row> withAll(Dataset<Row> audience) {
    Dataset<Row> members =
        audience.select(
            CAMPAIGN_ID,
            CUSTOMER_ID,
            ARM,
            SEGMENT_ID,
            SEGMENT_NAME,
            EXPECTED_COST,
            MEASURE_DAYS,
            AS_OF_DATE);
    Column held = when(col(ARM).equalTo(Arms.HOLDOUT), Arms.HOLDOUT).otherwise(ADDRESSED);
    Dataset<Row> once =
        members
            .groupBy(col(CUSTOMER_ID))
            .agg(
                min_by(
                        struct(
                            lit(EVERY_CAMPAIGN).as(CAMPAIGN_ID),
                            held.as(ARM),
                            col(SEGMENT_ID),
                            col(SEGMENT_NAME),
                            col(MEASURE_DAYS),
                            col(AS_OF_DATE)),
                        struct(col(AS_OF_DATE), col(CAMPAIGN_ID)))
                    .as(MEMBER),
                sum(col(EXPECTED_COST)).as(EXPECTED_COST))
            .select(col(CUSTOMER_ID), col(EXPECTED_COST), col(MEMBER + ".*"));
    return members.unionByName(once);
  }

  /**
   * What each customer did with the messages of a campaign, once, up to the as-of date. Of all
   * campaigns together only those count that selected the customer: events may name others.
   */
  private static Dataset<Row> did(Dataset<Row> events, Dataset<Row> members, LocalDate asOf) {
    Dataset<Row> known =
        events
            .where(col(OCCURRED_AT).lt(lit(Date.valueOf(asOf.plusDays(1)))))
            .select(col(CAMPAIGN_ID), col(CUSTOMER_ID), col(KIND))
            .join(
                members.select(CAMPAIGN_ID, CUSTOMER_ID),
                new String[] {CAMPAIGN_ID, CUSTOMER_ID},
                "left_semi");
    Dataset<Row> both = known.unionByName(known.withColumn(CAMPAIGN_ID, lit(EVERY_CAMPAIGN)));
    Column[] flags =
        Arrays.stream(EVENTS)
            .map(kind -> max(when(col(KIND).equalTo(kind), 1).otherwise(0)).as(kind))
            .toArray(Column[]::new);
    return both.groupBy(col(CAMPAIGN_ID), col(CUSTOMER_ID))
        .agg(first(lit(1)).as(MEMBER), flags)
        .drop(MEMBER);
  }
}
