package com.posmodern.ai.job.publish;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.lake.Lake;
import com.posmodern.ai.lake.WholeFile;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.report.HtmlPage;
import com.posmodern.ai.report.NightReport;
import com.posmodern.ai.report.TextSummary;
import java.io.IOException;

/** Writes the report page of the night and prints a text summary. */
public final class ReportJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("report", "write the report page and summary of the night")
          .readsIfPresent(
              Table.PIPELINE_RUNS,
              Table.QUALITY_RESULTS,
              Table.QUARANTINE,
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
    String page = file(context);
    context.step("writing " + page);
    write(context, page, HtmlPage.render(report));
    context.step("summary of the night\n\n" + TextSummary.render(report) + "\n");
    return JobOutcome.ok("page " + page);
  }

  private static String file(JobContext context) {
    return "%s/%s.html"
        .formatted(Lake.absolute(context.settings().report().folder()), context.asOf());
  }

  private static void write(JobContext context, String page, String html) {
    try {
      WholeFile.write(context.spark().sessionState().newHadoopConf(), page, html);
    } catch (IOException e) {
      throw PosException.infrastructure(
          "the page cannot be written: " + e.getMessage(),
          page,
          "Set report.folder to another folder.",
          e);
    }
  }
}
