package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.campaign.propensity.CutFeatures.CUT;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HORIZON_DAYS;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.PropensitySettings;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What happened in the days after a cut: the labels. */
final class Outcomes {
  static final String LABEL = "_label";

  private static final String AFTER = "_after";
  private static final String NEXT = "_next";

  private Outcomes() {}

  /** Rows of customers and categories with 1 where the category was bought within the days. */
  static Dataset<Row> bought(
      Dataset<Row> pairs, Dataset<Row> categoryDays, Collection<LocalDate> cuts, int days) {
    String[] key = {CUT, CUSTOMER_ID, CATEGORY};
    Dataset<Row> later =
        after(categoryDays, cuts, days)
            .select(col(CUT), col(CUSTOMER_ID), col(CATEGORY))
            .distinct()
            .withColumn(LABEL, lit(1.0));
    return pairs.join(later, key, "left").withColumn(LABEL, coalesce(col(LABEL), lit(0.0)));
  }

  /** Rows of customers with 1 where nothing was bought within {@link #horizon}. */
  static Dataset<Row> lapsed(
      Dataset<Row> customers,
      Dataset<Row> days,
      Collection<LocalDate> cuts,
      PropensitySettings settings) {
    Dataset<Row> next =
        after(days, cuts, settings.lapseMaxDays())
            .groupBy(col(CUT), col(CUSTOMER_ID))
            .agg(min(col(AFTER)).as(NEXT));
    return customers
        .join(next, new String[] {CUT, CUSTOMER_ID}, "left")
        .withColumn(
            LABEL,
            when(col(NEXT).isNull().or(col(NEXT).gt(horizon(settings))), 1.0).otherwise(0.0));
  }

  /**
   * Days without a purchase after which a customer has lapsed: some of their own mean gaps, within
   * bounds.
   */
  static Column horizon(PropensitySettings settings) {
    Column own =
        ceil(col(CutFeatures.name(PropensityFeature.MEAN_GAP)).multiply(settings.lapseGaps()));
    return coalesce(
            least(greatest(own, lit(settings.lapseMinDays())), lit(settings.lapseMaxDays())),
            lit(settings.lapseMaxDays()))
        .cast("int");
  }

  /** Rows of customers with the revenue of the days; a loss by returns counts as nothing. */
  static Dataset<Row> revenue(
      Dataset<Row> customers, Dataset<Row> days, Collection<LocalDate> cuts, int count) {
    Dataset<Row> later =
        after(days, cuts, count)
            .groupBy(col(CUT), col(CUSTOMER_ID))
            .agg(round(sum(col(REVENUE)), 2).as(LABEL));
    return customers
        .join(later, new String[] {CUT, CUSTOMER_ID}, "left")
        .withColumn(LABEL, greatest(coalesce(col(LABEL), lit(0.0)), lit(0.0)));
  }

  /** The horizon of the rows, as a column of the result. */
  static Column horizonOf(PropensityKind kind, PropensitySettings settings) {
    return (kind == PropensityKind.LAPSE ? horizon(settings) : lit(kind.horizonDays()))
        .as(HORIZON_DAYS);
  }

  static Dataset<Row> after(Dataset<Row> days, Collection<LocalDate> cuts, int count) {
    Column all = array(cuts.stream().map(cut -> lit(Date.valueOf(cut))).toArray(Column[]::new));
    return days.withColumn(CUT, explode(all))
        .withColumn(AFTER, datediff(col(BUSINESS_DATE), col(CUT)))
        .where(col(AFTER).gt(0).and(col(AFTER).leq(count)));
  }
}
