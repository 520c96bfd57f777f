package com.posmodern.ai.job.forecast;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.forecast.ForecastScoring;
import com.posmodern.ai.forecast.ForecastTraining;
import com.posmodern.ai.model.Champion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Forecasts every store × product on sale with the forecasters that the gate accepted. */
public final class ForecastScoreJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("forecast-score", "forecast demand per store and product")
          .reads(ForecastInputs.REQUIRED)
          .reads(Table.FORECAST_MODELS, Table.FORECAST_CHAMPIONS, Table.FORECAST_INTERVALS)
          .readsIfPresent(ForecastInputs.OPTIONAL)
          .readsIfPresent(Table.MODEL_REGISTRY)
          .writes(Table.DEMAND_FORECAST);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Champion> champion = context.registry().champion(ForecastTraining.MODEL);
    if (champion.isEmpty()) {
      return JobOutcome.skipped("no forecaster has been accepted yet");
    }
    context.step("forecasting with " + champion.get().version());
    new ForecastScoring(context.settings().forecast(), context::step)
        .score(
            ForecastInputs.read(context),
            tables(context, champion.get()),
            rows -> context.write(Table.DEMAND_FORECAST, rows));
    return JobOutcome.ok("scored by " + champion.get().version());
  }

  private static ForecastScoring.StoredChampion tables(JobContext context, Champion champion) {
    return new ForecastScoring.StoredChampion(
        champion.version(),
        rows(context, Table.FORECAST_MODELS, champion),
        rows(context, Table.FORECAST_CHAMPIONS, champion),
        rows(context, Table.FORECAST_INTERVALS, champion));
  }

  private static Dataset<Row> rows(JobContext context, Table table, Champion champion) {
    return ForecastInputs.ofVersion(context, table, champion)
        .orElseThrow(
            () ->
                PosException.badData(
                    "no rows of the champion " + champion.version(),
                    table.path(),
                    "Run forecast-train again."));
  }
}
