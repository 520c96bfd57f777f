package com.posmodern.ai.job.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.DailyDemand;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.daily_demand}. */
public final class DailyDemandJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("daily-demand", "demand of the days with a sale, a return or a stock-out")
          .reads(Table.ACCEPTED_SALES)
          .readsIfPresent(Table.INVENTORY_DAILY)
          .writes(Table.DAILY_DEMAND);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  /** Computes the days whose accepted sales or stock changed since the last night. */
  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> inventory = context.validOptional(Table.INVENTORY_DAILY);
    Dataset<Row> accepted = context.readAllDays(Table.ACCEPTED_SALES);
    DemandDays days = DemandDays.of(context);
    context.writeHistory(
        Table.DAILY_DEMAND,
        DailyDemand.of(days.of(accepted), inventory.map(days::of)),
        days.write(context));
    return JobOutcome.ok(
        inventory.isPresent() ? "" : "no inventory: stock-outs are not marked, demand is sales");
  }
}
