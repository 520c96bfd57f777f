package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.forecast.Replenishment;
import com.posmodern.ai.quality.SoundRows;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What to order, from the forecast and the stock at closing. */
public final class ReplenishmentJob implements Job {
  @Override
  public String name() {
    return "replenishment";
  }

  @Override
  public String purpose() {
    return "how much to order per store and product";
  }

  @Override
  public Set<Table> inputs() {
    return EnumSet.of(Table.PRODUCTS);
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(Table.DEMAND_FORECAST, Table.INVENTORY_DAILY);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.REPLENISHMENT_ADVICE);
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> forecast = context.readOptional(Table.DEMAND_FORECAST);
    if (forecast.isEmpty()) {
      return JobOutcome.skipped("no forecast for " + context.asOf());
    }
    Optional<Dataset<Row>> inventory =
        context
            .readOptional(Table.INVENTORY_DAILY)
            .map(rows -> SoundRows.of(Table.INVENTORY_DAILY, rows));
    context.write(
        Table.REPLENISHMENT_ADVICE,
        Replenishment.advise(
            forecast.get(),
            SoundRows.of(Table.PRODUCTS, context.read(Table.PRODUCTS)),
            inventory,
            context.asOf(),
            context.settings().forecast().replenishment()));
    return JobOutcome.ok(inventory.isPresent() ? "" : "no inventory: the advice is the level");
  }
}
