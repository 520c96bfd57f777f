package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;

import com.posmodern.ai.campaign.audience.People;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.JobContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What is known of the customers whom campaigns may address. */
final class AudienceFacts {
  /** Tables that a job must declare to call {@link #of}, where they are there. */
  static final Table[] READS = {
    Table.CUSTOMERS,
    Table.CUSTOMER_SEGMENTS,
    Table.CUSTOMER_PROPENSITY,
    Table.PRODUCT_RECOMMENDATIONS
  };

  private AudienceFacts() {}

  static People.Facts of(JobContext context, Optional<Dataset<Row>> uplift) {
    CampaignSettings settings = context.settings().campaign();
    Optional<Dataset<Row>> recommended =
        context
            .readOptional(Table.PRODUCT_RECOMMENDATIONS)
            .map(
                rows ->
                    rows.select(CUSTOMER_ID, PRODUCT_ID)
                        .join(
                            context.read(Table.PRODUCTS).select(PRODUCT_ID, CATEGORY), PRODUCT_ID));
    return new People.Facts(
        context.read(Table.CUSTOMER_FEATURES),
        context.readOptional(Table.CUSTOMER_SEGMENTS),
        context.readOptional(Table.CUSTOMERS),
        context.ages(context.asOf().plusDays(1), settings.minimumAge()),
        context.readOptional(Table.CUSTOMER_PROPENSITY),
        recommended,
        context.readHistory(Table.CAMPAIGN_AUDIENCE),
        uplift);
  }
}
