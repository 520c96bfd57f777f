package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import com.posmodern.ai.campaign.propensity.PropensityLearning;
import com.posmodern.ai.campaign.propensity.PropensityLearning.Learnt;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Learns to buy in a category, to lapse, to respond, and the expected revenue of customers. */
public final class PropensityTrainJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "propensity-train",
              "learn who will buy in a category, lapse or respond to an offer (XGBoost, calibrated)")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(Table.CUSTOMER_FEATURES, Table.CUSTOMERS, Table.CAMPAIGN_EVENTS)
          .writes(
              Table.PROPENSITY_MODELS,
              Table.PROPENSITY_EXAMPLES,
              Table.MODEL_METRICS,
              Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMER_FEATURES);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: there are no customers to learn from");
    }
    PropensityInputs inputs = new PropensityInputs(context);
    try (PropensityData data = inputs.sample(customers.get().count())) {
      context.step("collecting the days of purchases");
      Optional<PropensityData.Span> span = data.span();
      if (span.isEmpty()) {
        return JobOutcome.skipped("nobody who may be profiled has bought anything");
      }
      PropensityLearning learning =
          new PropensityLearning(data, span.get(), context.asOf(), context.settings().propensity());
      List<String> said = new ArrayList<>();
      boolean rejected = false;
      int trained = 0;
      for (PropensityKind kind : PropensityKind.values()) {
        long started = System.nanoTime();
        Learnt learnt = learning.learn(kind);
        if (learnt.trained().isEmpty()) {
          said.add(learnt.obstacle());
          context.step(learnt.obstacle());
          continue;
        }
        ModelVersion judged = KeptPropensity.keep(context, kind, learnt, started);
        rejected |= !judged.accepted();
        trained++;
        said.add(kind.model() + " " + judged.verdict());
        context.step(kind.model() + " " + judged.verdict());
      }
      String all = String.join("; ", said);
      if (trained == 0) {
        return JobOutcome.skipped(all);
      }
      return rejected ? JobOutcome.rejected(all) : JobOutcome.ok(all);
    }
  }
}
