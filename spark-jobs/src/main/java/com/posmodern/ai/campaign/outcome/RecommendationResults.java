package com.posmodern.ai.campaign.outcome;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BOUGHT;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CLICKED;
import static com.posmodern.ai.contract.Columns.CLICK_RATE;
import static com.posmodern.ai.contract.Columns.CONTROL_CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CONVERSION;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.EXPECTED_COST;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_LOWER;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_REVENUE;
import static com.posmodern.ai.contract.Columns.INCREMENTAL_UPPER;
import static com.posmodern.ai.contract.Columns.LIST_CUSTOMERS;
import static com.posmodern.ai.contract.Columns.LIST_PART;
import static com.posmodern.ai.contract.Columns.MEASURE_DAYS;
import static com.posmodern.ai.contract.Columns.REASON;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_NAME;
import static com.posmodern.ai.contract.Columns.SHOWN;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.campaign.audience.Arms;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What recommendations have earned: how often what was shown was followed and bought, and how much
 * more customers with a list of their own spend than the control group with popular products.
 */
public final class RecommendationResults {
  private static final String LISTS = "recommendations";

  /** Share of the measured nights that must have had lists: some nights may have failed. */
  private static final double LEAST_NIGHTS = 0.9;

  private static final String WITH_LIST = "WITH_LIST";

  private RecommendationResults() {}

  /**
   * Rows of {@code results.recommendation_results} without the as-of date.
   *
   * @param shown of {@link ShownProducts}
   * @param effect of {@link #effect}; empty where there is no control group, or too few nights had
   *     lists
   */
  public static Dataset<Row> of(Dataset<Row> shown, Optional<List<CampaignResults.Line>> effect) {
    Optional<CampaignResults.Line> with = effect.flatMap(lines -> arm(lines, WITH_LIST));
    Optional<CampaignResults.Line> without = effect.flatMap(lines -> arm(lines, Arms.CONTROL));
    Optional<Double> earned = with.flatMap(CampaignResults.Line::incremental);
    double halfWidth = with.map(CampaignResults.Line::halfWidth).orElse(0.0);
    return shown
        .withColumn(CLICK_RATE, share(CLICKED))
        .withColumn(CONVERSION, share(BOUGHT))
        .withColumn(LIST_CUSTOMERS, ofAll(with.map(CampaignResults.Line::customers), "bigint"))
        .withColumn(
            CONTROL_CUSTOMERS, ofAll(without.map(CampaignResults.Line::customers), "bigint"))
        .withColumn(INCREMENTAL_REVENUE, ofAll(earned, "double"))
        .withColumn(INCREMENTAL_LOWER, ofAll(earned.map(value -> value - halfWidth), "double"))
        .withColumn(INCREMENTAL_UPPER, ofAll(earned.map(value -> value + halfWidth), "double"));
  }

  private static Optional<CampaignResults.Line> arm(List<CampaignResults.Line> lines, String arm) {
    return lines.stream()
        .filter(line -> line.campaignId().equals(LISTS))
        .filter(line -> line.segmentId() == CampaignResults.EVERY_SEGMENT)
        .filter(line -> line.arm().equals(arm))
        .findFirst();
  }

  private static Column share(String counted) {
    return when(col(SHOWN).gt(0), col(counted).divide(col(SHOWN)));
  }

  private static Column ofAll(Optional<? extends Number> value, String type) {
    return when(col(LIST_PART).equalTo(ShownProducts.ALL), lit(value.orElse(null))).cast(type);
  }

  /**
   * Compares what both groups spent in the last days, as of campaigns: everybody counts in the
   * group drawn for them, whatever they were shown, adjusted for what they spent before.
   *
   * @param sales {@code features.accepted_sales} of customers who may be profiled
   * @param lists {@code results.product_recommendations} of every night
   * @param control whether the customer of a row belongs to the control group
   * @param days that are measured, up to the as-of date
   * @return empty while customers had lists of their own on too few of these nights
   */
  public static Optional<List<CampaignResults.Line>> effect(
      Dataset<Row> sales,
      Dataset<Row> lists,
      Column control,
      LocalDate asOf,
      int days,
      int prePeriodDays) {
    LocalDate start = asOf.minusDays(days);
    Dataset<Row> own =
        lists
            .where(
                col(AS_OF_DATE)
                    .between(lit(Date.valueOf(start)), lit(Date.valueOf(asOf.minusDays(1)))))
            .where(col(REASON).notEqual("popular"));
    // Without lists both groups got the same, and would be compared all the same.
    if (own.select(AS_OF_DATE).distinct().count() < LEAST_NIGHTS * days) {
      return Optional.empty();
    }
    Dataset<Row> known =
        sales
            .where(
                col(CUSTOMER_ID)
                    .isNotNull()
                    .and(col(BUSINESS_DATE).leq(lit(Date.valueOf(start))))
                    .and(col(BUSINESS_DATE).gt(lit(Date.valueOf(start.minusDays(prePeriodDays))))))
            .select(CUSTOMER_ID)
            .distinct();
    // Drawn into a control group that has grown since: they had lists of their own in these days.
    Dataset<Row> listed = own.where(control).select(CUSTOMER_ID).distinct();
    Dataset<Row> members =
        known
            .join(listed, new String[] {CUSTOMER_ID}, "left_anti")
            .select(
                col(CUSTOMER_ID),
                lit(LISTS).as(CAMPAIGN_ID),
                when(control, Arms.CONTROL).otherwise(WITH_LIST).as(ARM),
                lit(0).as(SEGMENT_ID),
                lit("").as(SEGMENT_NAME),
                lit(0.0).as(EXPECTED_COST),
                lit(days).as(MEASURE_DAYS),
                lit(Date.valueOf(start)).as(AS_OF_DATE));
    return Optional.of(
        CampaignResults.of(
            members,
            sales,
            Optional.empty(),
            Optional.empty(),
            asOf,
            prePeriodDays,
            List.of(),
            Map.of()));
  }
}
