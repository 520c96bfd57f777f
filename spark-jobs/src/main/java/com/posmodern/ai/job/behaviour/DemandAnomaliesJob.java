package com.posmodern.ai.job.behaviour;

import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.ITEM_ID;
import static com.posmodern.ai.contract.Columns.LEVEL;
import static com.posmodern.ai.contract.Columns.MEASURE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.behaviour.anomaly.DemandAnomalies;
import com.posmodern.ai.config.AnomalyFeedback;
import com.posmodern.ai.config.BehaviourSettings.AnomalySettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** Writes {@code results.demand_anomalies}. */
public final class DemandAnomaliesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("demand-anomalies", "days on which demand was out of the ordinary, and why")
          .reads(Table.DAILY_DEMAND, Table.PRODUCTS)
          .readsIfPresent(Table.DEMAND_FORECAST, Table.ARRIVALS, Table.LOCAL_EVENTS)
          .writes(Table.DEMAND_ANOMALIES);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    AnomalySettings settings = context.settings().behaviour().anomaly();
    long written =
        context.write(
            Table.DEMAND_ANOMALIES,
            DemandAnomalies.of(
                    new DemandAnomalies.Input(
                        context.read(Table.DAILY_DEMAND),
                        context.readHistory(Table.DEMAND_FORECAST),
                        context.valid(Table.PRODUCTS),
                        context.readOptional(Table.ARRIVALS),
                        context.validOptional(Table.LOCAL_EVENTS)),
                    context.asOf(),
                    settings)
                .where(not(ordinary(AnomalyFeedback.read(settings.feedback())))));
    return JobOutcome.ok(
        "%,d incidents in the last %d days".formatted(written, settings.judgedDays()));
  }

  /** Whether people called an incident ordinary. */
  static Column ordinary(AnomalyFeedback feedback) {
    Column ordinary = lit(false);
    for (AnomalyFeedback.Ordinary said : feedback.ordinary()) {
      ordinary =
          ordinary.or(
              col(LEVEL)
                  .equalTo(said.level())
                  .and(col(STORE_ID).equalTo(said.store()))
                  .and(col(ITEM_ID).equalTo(said.item()))
                  .and(col(MEASURE).equalTo(said.measure()))
                  .and(col(STARTS_ON).leq(lit(LocalDate.parse(said.until()))))
                  .and(col(ENDS_ON).geq(lit(LocalDate.parse(said.from())))));
    }
    return ordinary;
  }
}
