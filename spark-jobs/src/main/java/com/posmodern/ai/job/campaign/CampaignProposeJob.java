package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.propose.Proposal;
import com.posmodern.ai.campaign.propose.Proposals;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.TextFile;
import java.util.List;
import java.util.Set;

/** Writes drafts of campaigns that the night suggests, for a person to switch on. */
public final class CampaignProposeJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "campaign-propose",
              "write drafts of campaigns from what the night saw; all of them switched off")
          .reads(Table.PRODUCTS)
          .readsIfPresent(
              Table.CUSTOMER_FEATURES,
              Table.CUSTOMER_SEGMENTS,
              Table.PRODUCT_RECOMMENDATIONS,
              Table.REPLENISHMENT_ADVICE);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    List<Proposal> drafts =
        new Proposals(
                context.read(Table.PRODUCTS),
                context.settings().campaign().expectedResponse(),
                Set.copyOf(context.settings().recommend().rules().excludedForAnybody()))
            .all(
                context.asOf(),
                context.readOptional(Table.PRODUCT_RECOMMENDATIONS),
                context.readOptional(Table.REPLENISHMENT_ADVICE),
                context.readOptional(Table.CUSTOMER_SEGMENTS),
                () -> context.read(Table.CUSTOMER_FEATURES));
    if (drafts.isEmpty()) {
      return JobOutcome.skipped("nothing in the night's tables suggests a campaign");
    }
    String folder = Lake.absolute(context.settings().campaign().proposals());
    for (Proposal draft : drafts) {
      String file = "%s/%s.yaml".formatted(folder, draft.id(context.asOf()));
      TextFile.write(context, file, draft.yaml(context.asOf()), "campaign.proposals");
      context.step(file + ": " + draft.expectation());
    }
    return JobOutcome.ok("%d drafts in %s, all switched off".formatted(drafts.size(), folder));
  }
}
