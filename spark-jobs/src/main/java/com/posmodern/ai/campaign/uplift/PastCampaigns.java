package com.posmodern.ai.campaign.uplift;

import static com.posmodern.ai.contract.Columns.ARM;
import static com.posmodern.ai.contract.Columns.AS_OF_DATE;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CAMPAIGN_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.MEASURE_DAYS;
import static com.posmodern.ai.contract.Columns.RESPONSE;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.campaign.audience.Arms;
import com.posmodern.ai.campaign.propensity.PropensityFeature;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers of earlier campaigns whose measured days are over, and what they spent in them. */
public final class PastCampaigns {
  static final String TREATED = "_treated";
  static final String SHARE = "_share";
  static final String OUTCOME = "_outcome";

  /** Nights of a campaign with next to nobody in one of the arms tell nothing. */
  private static final double LEAST_SHARE = 0.02;

  private PastCampaigns() {}

  /**
   * What uplift is learnt from: habits of the customer. The activity of the store is not among
   * them, as it would be that of the campaigns' customers only.
   */
  static List<PropensityFeature> features() {
    return PropensityKind.VALUE.features().stream()
        .filter(feature -> feature != PropensityFeature.STORE_ACTIVITY)
        .toList();
  }

  /** Names of the features' columns, in the order of the model. */
  public static List<String> featureNames() {
    return features().stream().map(PropensityFeature::column).toList();
  }

  /** The features of a described row as floats, in the order of the model; NaN where missing. */
  static List<Column> featureColumns() {
    return featureNames().stream()
        .map(name -> coalesce(col(name).cast("float"), lit(Float.NaN)).as("f_" + name))
        .toList();
  }

  /**
   * Whom uplift is learnt from.
   *
   * @param rows campaign_id, customer_id, as_of_date, measure_days, response, and whether they got
   *     messages
   * @param nights as-of dates of the rows, oldest first
   */
  public record Members(Dataset<Row> rows, List<LocalDate> nights) {}

  /**
   * Members of the newest nights with messages that went out. The global holdout is not among them:
   * it hears of no other campaign either, which would count as an effect of this one.
   *
   * @param audience {@code results.campaign_audience} of every night
   * @param events {@code source.campaign_events}; without them no message is known to be sent
   * @param most nights
   */
  public static Members members(
      Dataset<Row> audience, Optional<Dataset<Row>> events, LocalDate asOf, int most) {
    Dataset<Row> over =
        audience
            .where(col(ARM).notEqual(Arms.HOLDOUT))
            .where(date_add(col(AS_OF_DATE), col(MEASURE_DAYS)).leq(lit(Date.valueOf(asOf))));
    Dataset<Row> measured =
        events.isPresent()
            ? over.join(
                sent(over, events.get()), new String[] {CAMPAIGN_ID, AS_OF_DATE}, "left_semi")
            : over.where(lit(false));
    List<LocalDate> nights =
        measured
            .select(AS_OF_DATE)
            .distinct()
            .orderBy(col(AS_OF_DATE).desc())
            .limit(most)
            .collectAsList()
            .stream()
            .map(row -> row.getDate(0).toLocalDate())
            .sorted()
            .toList();
    Dataset<Row> rows =
        measured
            .where(col(AS_OF_DATE).isin(nights.toArray()))
            .select(
                col(CAMPAIGN_ID),
                col(CUSTOMER_ID),
                col(AS_OF_DATE),
                col(MEASURE_DAYS),
                col(RESPONSE),
                Arms.touched(col(ARM)).as(TREATED));
    return new Members(rows, nights);
  }

  /** Campaigns and nights of which somebody got a message; a campaign selects a customer once. */
  private static Dataset<Row> sent(Dataset<Row> members, Dataset<Row> events) {
    return members
        .where(Arms.touched(col(ARM)))
        .select(CAMPAIGN_ID, CUSTOMER_ID, AS_OF_DATE)
        .join(
            events.where(col(KIND).equalTo("sent")).select(CAMPAIGN_ID, CUSTOMER_ID),
            new String[] {CAMPAIGN_ID, CUSTOMER_ID},
            "left_semi")
        .select(CAMPAIGN_ID, AS_OF_DATE)
        .distinct();
  }

  /**
   * Members with what they spent, and with the share of messages in their campaign's night.
   *
   * @param members rows of {@link Members}
   * @param sales {@code features.accepted_sales}
   */
  static Dataset<Row> outcomes(Dataset<Row> members, Dataset<Row> sales) {
    Column measured =
        col(BUSINESS_DATE)
            .gt(col(AS_OF_DATE))
            .and(col(BUSINESS_DATE).leq(date_add(col(AS_OF_DATE), col(MEASURE_DAYS))));
    String[] key = {CAMPAIGN_ID, CUSTOMER_ID, AS_OF_DATE};
    Dataset<Row> spent =
        members
            .select(CAMPAIGN_ID, CUSTOMER_ID, AS_OF_DATE, MEASURE_DAYS)
            .join(sales.select(CUSTOMER_ID, BUSINESS_DATE, REVENUE), CUSTOMER_ID)
            .where(measured)
            .groupBy(col(CAMPAIGN_ID), col(CUSTOMER_ID), col(AS_OF_DATE))
            .agg(sum(col(REVENUE)).as(OUTCOME));
    Dataset<Row> shares =
        members
            .groupBy(col(CAMPAIGN_ID), col(AS_OF_DATE))
            .agg(avg(when(col(TREATED), 1.0).otherwise(0.0)).as(SHARE))
            .where(col(SHARE).between(LEAST_SHARE, 1 - LEAST_SHARE));
    return members
        .join(shares, new String[] {CAMPAIGN_ID, AS_OF_DATE})
        .join(spent, key, "left")
        .withColumn(OUTCOME, coalesce(col(OUTCOME), lit(0.0)));
  }
}
