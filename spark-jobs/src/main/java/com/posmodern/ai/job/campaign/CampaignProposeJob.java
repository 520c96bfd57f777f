package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.propose.Proposal;
import com.posmodern.ai.campaign.propose.Proposals;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
    Proposals proposals =
        new Proposals(
            context.read(Table.PRODUCTS),
            context.settings().campaign().expectedResponse(),
            Set.copyOf(context.settings().recommend().rules().excludedForAnybody()));
    Optional<Dataset<Row>> recommended = context.readOptional(Table.PRODUCT_RECOMMENDATIONS);
    Optional<Dataset<Row>> advice = context.readOptional(Table.REPLENISHMENT_ADVICE);
    Optional<Dataset<Row>> segments = context.readOptional(Table.CUSTOMER_SEGMENTS);
    List<Proposal> drafts = new ArrayList<>();
    if (recommended.isPresent() && advice.isPresent()) {
      drafts.addAll(proposals.overstock(advice.get(), recommended.get()));
    }
    segments.ifPresent(
        some -> drafts.addAll(proposals.lapsing(context.read(Table.CUSTOMER_FEATURES), some)));
    recommended.ifPresent(some -> drafts.addAll(proposals.due(some, context.asOf())));
    if (drafts.isEmpty()) {
      return JobOutcome.skipped("nothing in the night's tables suggests a campaign");
    }
    drafts.sort(Comparator.comparingDouble(Proposal::gain).reversed());
    String folder = Lake.absolute(context.settings().campaign().proposals());
    for (Proposal draft : drafts) {
      String file = "%s/%s.yaml".formatted(folder, draft.id(context.asOf()));
      write(context, file, draft.yaml(context.asOf()));
      context.step(
          String.format(
              Locale.ROOT,
              "%s: expected gain %.2f of %,d customers",
              file,
              draft.gain(),
              draft.customers()));
    }
    return JobOutcome.ok("%d drafts in %s, all switched off".formatted(drafts.size(), folder));
  }

  private static void write(JobContext context, String file, String text) {
    try {
      WholeFile.write(context.spark().sessionState().newHadoopConf(), file, text);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the draft cannot be written: " + e.getMessage(),
          file,
          "Set campaign.proposals to another folder.",
          e);
    }
  }
}
