package com.posmodern.ai.job.campaign;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.PageFile;
import com.posmodern.ai.report.CampaignModels;
import com.posmodern.ai.report.CampaignPage;
import com.posmodern.ai.report.CampaignRows;
import com.posmodern.ai.report.SendingRows;

/** Writes the page of the campaigns. */
public final class CampaignReportJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "campaign-report", "write the page of the campaigns: whom, what, and what it earned")
          .readsIfPresent(
              Table.CAMPAIGN_FUNNEL,
              Table.CAMPAIGN_MESSAGES,
              Table.CAMPAIGN_RESULTS,
              Table.OUTBOX,
              Table.SEND_RUNS,
              Table.CAMPAIGN_EVENTS,
              Table.RECOMMENDATION_RESULTS,
              Table.MODEL_REGISTRY,
              Table.MODEL_METRICS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    String html =
        CampaignPage.render(
            CampaignRows.report(
                context.asOf(),
                context.runId(),
                context.settings().lake(),
                context.readOptional(Table.CAMPAIGN_FUNNEL),
                context.readOptional(Table.CAMPAIGN_MESSAGES),
                context.readOptional(Table.CAMPAIGN_RESULTS),
                SendingRows.of(
                    context.readHistory(Table.OUTBOX),
                    context.readHistory(Table.SEND_RUNS),
                    context.validOptional(Table.CAMPAIGN_EVENTS)),
                context.readOptional(Table.RECOMMENDATION_RESULTS),
                CampaignModels.of(
                    context.readOptional(Table.MODEL_REGISTRY),
                    context.readOptional(Table.MODEL_METRICS))));
    String page = PageFile.write(context, "-campaigns", html);
    return JobOutcome.ok("page " + page);
  }
}
