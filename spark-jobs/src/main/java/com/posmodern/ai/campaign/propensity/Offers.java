package com.posmodern.ai.campaign.propensity;

import static com.posmodern.ai.campaign.propensity.CutFeatures.CUT;
import static com.posmodern.ai.campaign.propensity.Outcomes.LABEL;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers made of offers. Where the lake has the events of campaigns, a response is a
 * conversion of somebody who was sent a message in the days after the cut; where it has promoted
 * sales only, a purchase on promotion.
 *
 * @param events of campaigns, one row each; empty where there are none
 */
record Offers(Optional<Dataset<Row>> events) {
  private static final String AGE = "_age";

  /** Rows of customers with the features of {@link PropensityFeature#ofOffers}. */
  Dataset<Row> described(Dataset<Row> customers, Collection<LocalDate> cuts) {
    if (events.isEmpty()) {
      Dataset<Row> none = customers;
      for (PropensityFeature feature :
          new PropensityFeature[] {
            PropensityFeature.OFFERS_SENT,
            PropensityFeature.OFFERS_TAKEN,
            PropensityFeature.OFFERS_OPENED,
            PropensityFeature.OFFER_RECENCY
          }) {
        none = none.withColumn(feature.column(), lit(null).cast("double"));
      }
      return none;
    }
    Dataset<Row> past =
        aged(cuts)
            .where(col(AGE).geq(0).and(col(AGE).lt(CutFeatures.WINDOW_DAYS)))
            .groupBy(col(CUT), col(CUSTOMER_ID))
            .agg(
                count_if(is("sent")).as(PropensityFeature.OFFERS_SENT.column()),
                count_if(is("converted")).as(PropensityFeature.OFFERS_TAKEN.column()),
                count_if(is("opened")).as(PropensityFeature.OFFERS_OPENED.column()),
                min(when(is("sent"), col(AGE))).as(PropensityFeature.OFFER_RECENCY.column()));
    return customers.join(past, new String[] {CUT, CUSTOMER_ID}, "left");
  }

  /**
   * Rows of customers who got an offer after the cut, with 1 where they took it up.
   *
   * @param days purchase days of customers
   */
  Dataset<Row> labelled(
      Dataset<Row> described, Dataset<Row> days, Collection<LocalDate> cuts, int horizon) {
    String[] key = {CUT, CUSTOMER_ID};
    if (events.isEmpty()) {
      Dataset<Row> promoted =
          Outcomes.after(days, cuts, horizon)
              .groupBy(col(CUT), col(CUSTOMER_ID))
              .agg(max(when(col(PurchaseDays.PROMOTED).gt(0), 1.0).otherwise(0.0)).as(LABEL));
      return described
          .join(promoted, key, "left")
          .withColumn(LABEL, coalesce(col(LABEL), lit(0.0)));
    }
    Dataset<Row> answers =
        aged(cuts)
            .where(col(AGE).lt(0).and(col(AGE).geq(-horizon)))
            .groupBy(col(CUT), col(CUSTOMER_ID))
            .agg(max(is("sent")).as(KIND), max(when(is("converted"), 1.0).otherwise(0.0)).as(LABEL))
            .where(col(KIND))
            .drop(KIND);
    return described.join(answers, key);
  }

  private Dataset<Row> aged(Collection<LocalDate> cuts) {
    Column all = array(cuts.stream().map(cut -> lit(Date.valueOf(cut))).toArray(Column[]::new));
    return events
        .orElseThrow()
        .select(col(CUSTOMER_ID), col(KIND), to_date(col(OCCURRED_AT)).as(BUSINESS_DATE))
        .withColumn(CUT, explode(all))
        .withColumn(AGE, datediff(col(CUT), col(BUSINESS_DATE)));
  }

  private static Column is(String kind) {
    return col(KIND).equalTo(kind);
  }
}
