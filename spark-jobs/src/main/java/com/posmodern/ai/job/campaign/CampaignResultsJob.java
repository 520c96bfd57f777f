package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.outcome.CampaignResults;
import com.posmodern.ai.campaign.outcome.ResultRows;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.replenish.UnitCosts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures what the campaigns of earlier nights have earned, and stops variants that do harm. */
public final class CampaignResultsJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "campaign-results",
              "measure what each variant has earned beside customers without a message")
          .reads(Table.ACCEPTED_SALES)
          .readsIfPresent(
              Table.CAMPAIGN_AUDIENCE,
              Table.CAMPAIGN_EVENTS,
              Table.CAMPAIGN_STOPS,
              Table.SUPPLY_TERMS)
          .writes(Table.CAMPAIGN_RESULTS, Table.CAMPAIGN_STOPS);

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
    List<CampaignResults.Line> lines =
        CampaignResults.of(
            audience.get(),
            context.read(Table.ACCEPTED_SALES),
            context
                .validOptional(Table.SUPPLY_TERMS)
                .map(terms -> sold -> UnitCosts.of(sold, terms)),
            context.validOptional(Table.CAMPAIGN_EVENTS),
            context.asOf(),
            context.settings().campaign().prePeriodDays(),
            OpenCampaigns.all(context),
            Stops.before(context));
    if (lines.isEmpty()) {
      return JobOutcome.skipped("no campaign has selected anybody before this night");
    }
    context.write(Table.CAMPAIGN_RESULTS, ResultRows.results(context.spark(), lines));
    context.write(Table.CAMPAIGN_STOPS, ResultRows.stops(context.spark(), lines));
    String stopped =
        lines.stream()
            .filter(line -> line.segmentId() == CampaignResults.EVERY_SEGMENT)
            .filter(line -> line.stop().isPresent())
            .map(line -> "%s %s (%s)".formatted(line.campaignId(), line.arm(), line.stop().get()))
            .sorted()
            .collect(Collectors.joining(", "));
    return JobOutcome.ok(
        String.format(
            Locale.ROOT,
            "%,d arms and segments measured%s",
            lines.size(),
            stopped.isEmpty() ? "" : "; stopped: " + stopped));
  }
}
