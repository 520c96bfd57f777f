package com.posmodern.ai.job.forecast;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.forecast.ForecastTables;
import com.posmodern.ai.forecast.ForecastTraining;
import com.posmodern.ai.forecast.ForecastTrainingResult;
import com.posmodern.ai.forecast.FormerForecaster;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.Optional;

/** Trains and evaluates the forecasters; the gate decides whether they may be used for scoring. */
public final class ForecastTrainJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("forecast-train", "train, backtest and calibrate the demand forecasters")
          .reads(ForecastInputs.REQUIRED)
          .readsIfPresent(ForecastInputs.OPTIONAL)
          .readsIfPresent(Table.MODEL_REGISTRY)
          .writes(
              Table.FORECAST_MODELS,
              Table.FORECAST_CHAMPIONS,
              Table.FORECAST_INTERVALS,
              Table.FORECAST_BACKTEST,
              Table.MODEL_METRICS,
              Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    ForecastSettings settings = context.settings().forecast();
    ForecastTrainingResult result =
        new ForecastTraining(settings, context::step)
            .run(ForecastInputs.read(context), former(context, settings));
    String version =
        context.registry().nextVersion(ForecastTraining.MODEL, result.evaluation().parameters());
    context.write(Table.FORECAST_MODELS, ForecastTables.models(context.spark(), result, version));
    context.write(
        Table.FORECAST_CHAMPIONS, ForecastTables.champions(context.spark(), result, version));
    context.write(
        Table.FORECAST_INTERVALS, ForecastTables.intervals(context.spark(), result, version));
    context.write(
        Table.FORECAST_BACKTEST, ForecastTables.backtest(context.spark(), result, version));
    // Registered after the tables are written, so that an accepted version always has its models.
    ModelVersion judged =
        context.registry().judge(result.evaluation(), (System.nanoTime() - started) / 1e9);
    String message =
        result.message().isEmpty() ? judged.verdict() : judged.verdict() + "; " + result.message();
    return judged.accepted() ? JobOutcome.ok(message) : JobOutcome.rejected(message);
  }

  /** The newest version that has seen nothing of the days on which tonight's is judged. */
  private static Optional<FormerForecaster> former(JobContext context, ForecastSettings settings) {
    return context
        .registry()
        .acceptedUpTo(ForecastTraining.MODEL, ForecastTraining.cutoff(context.asOf(), settings))
        .flatMap(
            kept ->
                ForecastInputs.ofVersion(context, Table.FORECAST_MODELS, kept)
                    .flatMap(
                        models ->
                            ForecastInputs.ofVersion(context, Table.FORECAST_CHAMPIONS, kept)
                                .flatMap(
                                    champions ->
                                        FormerForecaster.of(kept.version(), models, champions))));
  }
}
