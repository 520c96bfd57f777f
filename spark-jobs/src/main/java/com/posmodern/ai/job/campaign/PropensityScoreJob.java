package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.campaign.propensity.PropensityKind;
import com.posmodern.ai.campaign.propensity.PropensityScoring;
import com.posmodern.ai.campaign.propensity.PropensityScoring.Stored;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code results.customer_propensity}. */
public final class PropensityScoreJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "propensity-score",
              "how likely every known customer is to buy in a category, to lapse, to respond")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(
              Table.CUSTOMER_FEATURES,
              Table.CUSTOMERS,
              Table.CAMPAIGN_EVENTS,
              Table.PROPENSITY_MODELS,
              Table.MODEL_REGISTRY)
          .writes(Table.CUSTOMER_PROPENSITY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    if (context.readOptional(Table.CUSTOMER_FEATURES).isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: there are no customers to score");
    }
    Optional<Stored> value = PropensityModels.of(context, PropensityKind.VALUE);
    try (PropensityData data = new PropensityInputs(context).all()) {
      List<String> versions = new ArrayList<>();
      Optional<Dataset<Row>> scored = Optional.empty();
      for (PropensityKind kind :
          List.of(PropensityKind.LAPSE, PropensityKind.RESPOND, PropensityKind.BUY_CATEGORY)) {
        Optional<Stored> model = PropensityModels.of(context, kind);
        if (model.isEmpty()) {
          context.step("no model of " + kind.model() + " is in use");
          continue;
        }
        versions.add(model.get().version());
        Dataset<Row> rows =
            PropensityScoring.of(
                data.described(kind, List.of(context.asOf())),
                model.get(),
                kind == PropensityKind.BUY_CATEGORY ? Optional.empty() : value,
                context.settings().propensity());
        scored = Optional.of(scored.map(others -> others.unionByName(rows)).orElse(rows));
      }
      if (scored.isEmpty()) {
        return JobOutcome.skipped("no propensity model has been accepted yet");
      }
      long written = context.write(Table.CUSTOMER_PROPENSITY, scored.get());
      return JobOutcome.ok("%,d rows by %s".formatted(written, String.join(", ", versions)));
    }
  }
}
