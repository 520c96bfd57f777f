package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.MODEL;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.uplift.PastCampaigns;
import com.posmodern.ai.campaign.uplift.UpliftLearning;
import com.posmodern.ai.campaign.uplift.UpliftLearning.Learnt;
import com.posmodern.ai.campaign.uplift.UpliftTraining;
import com.posmodern.ai.campaign.uplift.UpliftTraining.Trained;
import com.posmodern.ai.config.CampaignSettings.Uplift;
import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Learns what messages bring, from the customers of earlier campaigns with and without one. */
public final class UpliftTrainJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "uplift-train",
              "learn whom a message makes buy more, from earlier campaigns (X-learner, XGBoost)")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(Table.CUSTOMERS, Table.CAMPAIGN_EVENTS)
          .readsOfEarlierNights(Table.CAMPAIGN_AUDIENCE)
          .writes(Table.PROPENSITY_MODELS, Table.MODEL_METRICS, Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> audience = context.readHistory(Table.CAMPAIGN_AUDIENCE);
    if (audience.isEmpty()) {
      return JobOutcome.skipped("no campaign has ever selected anybody");
    }
    long started = System.nanoTime();
    Uplift settings = context.settings().campaign().uplift();
    PropensityInputs inputs = new PropensityInputs(context);
    PastCampaigns.Members members =
        PastCampaigns.members(audience.get(), inputs.events(), context.asOf(), settings.nights());
    try (PropensityData data = inputs.of(members.rows().select(CUSTOMER_ID).distinct())) {
      Learnt learnt =
          UpliftLearning.learn(
              members,
              context.read(Table.ACCEPTED_SALES),
              data,
              context.settings().propensity(),
              settings.minCustomers());
      if (learnt.trained().isEmpty()) {
        return JobOutcome.skipped(learnt.obstacle());
      }
      ModelVersion judged = keep(context, learnt.trained().get(), started);
      return JobOutcome.judged(judged);
    }
  }

  private static ModelVersion keep(JobContext context, Trained trained, long started) {
    String version =
        context.registry().nextVersion(UpliftTraining.MODEL, trained.evaluation().parameters());
    Row row =
        RowFactory.create(
            version,
            UpliftTraining.MODEL,
            trained.model(),
            PastCampaigns.featureNames(),
            trained.rows());
    context.write(
        Table.PROPENSITY_MODELS,
        context
            .spark()
            .createDataFrame(List.of(row), Contracts.of(Table.PROPENSITY_MODELS).writtenSchema()),
        Map.of(MODEL, UpliftTraining.MODEL));
    // Registered after the table is written, so that an accepted version always has its rows.
    return context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
  }
}
