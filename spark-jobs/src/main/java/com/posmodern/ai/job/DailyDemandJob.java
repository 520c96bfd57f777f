package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.DailyDemand;
import com.posmodern.ai.quality.SoundRows;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.daily_demand}. */
public final class DailyDemandJob implements Job {
  @Override
  public String name() {
    return "daily-demand";
  }

  @Override
  public String purpose() {
    return "demand of the days with a sale, a return or a stock-out";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of(Table.ACCEPTED_SALES);
  }

  @Override
  public Set<Table> optionalInputs() {
    return Set.of(Table.INVENTORY_DAILY);
  }

  @Override
  public Set<Table> outputs() {
    return Set.of(Table.DAILY_DEMAND);
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> inventory =
        context
            .readOptional(Table.INVENTORY_DAILY)
            .map(rows -> SoundRows.of(Table.INVENTORY_DAILY, rows));
    context.write(
        Table.DAILY_DEMAND,
        DailyDemand.of(context.read(Table.ACCEPTED_SALES), inventory, context.asOf()));
    return JobOutcome.ok(
        inventory.isPresent() ? "" : "no inventory: stock-outs are not marked, demand is sales");
  }
}
