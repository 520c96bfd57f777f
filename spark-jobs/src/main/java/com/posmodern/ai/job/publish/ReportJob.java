package com.posmodern.ai.job.publish;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.night.PageFile;
import com.posmodern.ai.report.HtmlPage;
import com.posmodern.ai.report.NightReport;
import com.posmodern.ai.report.TextSummary;

/** Writes the report page of the night and prints a text summary. */
public final class ReportJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("report", "write the report page and summary of the night")
          .readsIfPresent(
              Table.PIPELINE_RUNS,
              Table.QUALITY_RESULTS,
              Table.QUARANTINE,
              Table.SOURCE_AGES,
              Table.MODEL_REGISTRY,
              Table.MODEL_METRICS,
              Table.FORECAST_BACKTEST,
              Table.SEGMENT_PROFILES,
              Table.CUSTOMER_SEGMENTS,
              Table.PRODUCT_RECOMMENDATIONS,
              Table.PURCHASE_INTERACTIONS,
              Table.POPULAR_PRODUCTS,
              Table.REPLENISHMENT_ADVICE,
              Table.ORDER_BACKTEST,
              Table.PUBLICATIONS,
              Table.PRODUCTS)
          .evenAfterFailure();

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    NightReport report = NightFigures.of(context);
    String page = PageFile.write(context, "", HtmlPage.render(report));
    context.step("summary of the night\n\n" + TextSummary.render(report) + "\n");
    return JobOutcome.ok("page " + page);
  }
}
