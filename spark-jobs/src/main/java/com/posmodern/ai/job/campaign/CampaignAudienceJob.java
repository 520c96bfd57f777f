package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.audience.Selection;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Selects the customers of every campaign that is switched on, and counts those left out. */
public final class CampaignAudienceJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "campaign-audience",
              "select whom each campaign addresses, with control groups, caps and budgets")
          .reads(Table.CUSTOMER_FEATURES, Table.PRODUCTS)
          .readsIfPresent(OpenCampaigns.READS)
          .readsIfPresent(AudienceFacts.READS)
          .readsIfPresent(Table.CAMPAIGN_STOPS)
          .readsIfPresent(KnownUplift.READS)
          .readsIfPresent(WaitingCampaigns.READS)
          .writes(Table.CAMPAIGN_AUDIENCE, Table.CAMPAIGN_FUNNEL);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    List<Campaign> due = OpenCampaigns.of(context);
    if (due.isEmpty()) {
      return JobOutcome.skipped(
          "no campaign of %s is switched on for %s"
              .formatted(context.settings().campaign().folder(), context.asOf().plusDays(1)));
    }
    List<Campaign> open = WaitingCampaigns.ready(context, due);
    if (open.isEmpty()) {
      return JobOutcome.skipped("what the campaigns wait for is expected near no store");
    }
    CampaignSettings settings = context.settings().campaign();
    Map<String, Set<String>> stopped =
        Stops.before(context).entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().keySet()));
    try (KnownUplift uplift = KnownUplift.of(context);
        Selection selection =
            Selection.of(
                AudienceFacts.of(context, uplift.rows()),
                open,
                settings,
                context.asOf(),
                stopped)) {
      long selected = context.write(Table.CAMPAIGN_AUDIENCE, selection.audience());
      context.write(Table.CAMPAIGN_FUNNEL, selection.funnel());
      return JobOutcome.ok(
          String.format(
              Locale.ROOT,
              "%,d customers selected by %d campaigns, ordered by %s",
              selected,
              open.size(),
              uplift.rows().isPresent() ? "uplift" : "propensity"));
    }
  }
}
