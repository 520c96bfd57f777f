package com.posmodern.ai.job.campaign;

import com.posmodern.ai.campaign.outcome.CampaignResults;
import com.posmodern.ai.campaign.outcome.RecommendationResults;
import com.posmodern.ai.campaign.outcome.ShownProducts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.recommend.ControlGroup;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures what the recommendations of earlier nights have earned. */
public final class RecommendationResultsJob implements Job {
  private static final int DAYS = 28;

  private static final JobSpec SPEC =
      JobSpec.of(
              "recommendation-results",
              "measure how often recommended products were followed and bought, and what they earned")
          .reads(Table.ACCEPTED_SALES)
          .readsIfPresent(Table.INTERACTIONS, Table.CUSTOMERS, Table.PRODUCT_RECOMMENDATIONS)
          .writes(Table.RECOMMENDATION_RESULTS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> interactions = context.validOptional(Table.INTERACTIONS);
    Optional<Dataset<Row>> lists = context.readHistory(Table.PRODUCT_RECOMMENDATIONS);
    ControlGroup control = new ControlGroup(context.settings().recommend().controlShare());
    if (lists.isEmpty()) {
      return JobOutcome.skipped("no night has made recommendations yet");
    }
    if (interactions.isEmpty() && control.share() == 0) {
      return JobOutcome.skipped(
          "source.interactions does not record what was shown, and there is no control group");
    }
    Profiling profiling =
        new Profiling(
            context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
    Dataset<Row> sales = profiling.allowed(context.read(Table.ACCEPTED_SALES));
    Optional<List<CampaignResults.Line>> effect =
        control.share() > 0
            ? RecommendationResults.effect(
                sales,
                lists.get(),
                control.contains(),
                context.asOf(),
                DAYS,
                context.settings().campaign().prePeriodDays())
            : Optional.empty();
    ShownProducts shown =
        new ShownProducts(
            context.asOf(),
            DAYS,
            context.settings().recommend().holdoutDays(),
            context.settings().outreach().timeZone());
    Dataset<Row> seen =
        control.leftOut(
            profiling.allowed(interactions.orElseGet(() -> context.none(Table.INTERACTIONS))));
    long parts =
        context.write(
            Table.RECOMMENDATION_RESULTS,
            RecommendationResults.of(shown.of(seen, lists.get(), sales), effect));
    return JobOutcome.ok(
        "showings from %s to %s in %d parts of the lists"
            .formatted(shown.first(), shown.last(), parts));
  }
}
