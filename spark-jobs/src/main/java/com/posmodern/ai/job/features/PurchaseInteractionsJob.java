package com.posmodern.ai.job.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.PurchaseInteractions;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;

/** Writes {@code features.purchase_interactions}. */
public final class PurchaseInteractionsJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("purchase-interactions", "purchases per customer and product, decayed with time")
          .reads(Table.ACCEPTED_SALES)
          .readsIfPresent(Table.CUSTOMERS)
          .writes(Table.PURCHASE_INTERACTIONS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    context.write(
        Table.PURCHASE_INTERACTIONS,
        PurchaseInteractions.of(
            context.read(Table.ACCEPTED_SALES),
            CustomerFeaturesJob.profiling(context),
            context.settings().features(),
            context.asOf()));
    return JobOutcome.ok();
  }
}
