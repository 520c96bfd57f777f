package com.posmodern.ai.job.forecast;

import com.posmodern.ai.config.ReplenishmentSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.forecast.ForecastTraining;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.replenish.AdviceSummary;
import com.posmodern.ai.replenish.Orders;
import com.posmodern.ai.replenish.ReplenishmentInput;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Advises orders from the forecast, the stock and the deliveries on their way. */
public final class ReplenishmentJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("replenishment", "how much to order per store and product")
          .reads(Table.PRODUCTS, Table.DAILY_DEMAND, Table.ACCEPTED_SALES)
          .readsIfPresent(
              Table.DEMAND_FORECAST,
              Table.INVENTORY_DAILY,
              Table.STOCK_ON_ORDER,
              Table.SUPPLY_TERMS,
              Table.ASSORTMENT,
              Table.FORECAST_BACKTEST,
              Table.ARRIVALS,
              Table.MODEL_REGISTRY)
          .writes(Table.REPLENISHMENT_ADVICE, Table.ORDER_BACKTEST, Table.DEMAND_FORECAST_TOTAL);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> forecast = context.readOptional(Table.DEMAND_FORECAST);
    if (forecast.isEmpty()) {
      return JobOutcome.skipped("no forecast for " + context.asOf());
    }
    ReplenishmentInput input =
        new ReplenishmentInput(
            context.asOf(),
            forecast.get(),
            context.valid(Table.PRODUCTS),
            context.read(Table.DAILY_DEMAND),
            context.read(Table.ACCEPTED_SALES),
            context.validOptional(Table.INVENTORY_DAILY),
            context.validOptional(Table.STOCK_ON_ORDER),
            context.validOptional(Table.SUPPLY_TERMS),
            context.validOptional(Table.ASSORTMENT),
            backtest(context),
            context.readOptional(Table.ARRIVALS));
    ReplenishmentSettings settings = context.settings().forecast().replenishment();
    Orders orders = Orders.of(input, settings);
    context.write(Table.REPLENISHMENT_ADVICE, orders.advice());
    context.write(Table.DEMAND_FORECAST_TOTAL, orders.total());
    orders.backtest().ifPresent(rows -> context.write(Table.ORDER_BACKTEST, rows));
    return JobOutcome.ok(
        AdviceSummary.of(context.read(Table.REPLENISHMENT_ADVICE), context.asOf())
            .message(input, settings));
  }

  /** For the model in use, which may have been trained on an earlier night. */
  private static Optional<Dataset<Row>> backtest(JobContext context) {
    return context
        .registry()
        .champion(ForecastTraining.MODEL)
        .flatMap(champion -> ForecastInputs.ofVersion(context, Table.FORECAST_BACKTEST, champion));
  }
}
