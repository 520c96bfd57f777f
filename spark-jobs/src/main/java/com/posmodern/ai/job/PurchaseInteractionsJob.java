package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.PurchaseInteractions;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.purchase_interactions}. */
public final class PurchaseInteractionsJob implements Job {
  @Override
  public String name() {
    return "purchase-interactions";
  }

  @Override
  public String purpose() {
    return "who bought what, decayed with time";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of(Table.ACCEPTED_SALES);
  }

  @Override
  public Set<Table> optionalInputs() {
    return Set.of(Table.CUSTOMERS);
  }

  @Override
  public Set<Table> outputs() {
    return Set.of(Table.PURCHASE_INTERACTIONS);
  }

  @Override
  public JobOutcome run(JobContext context) {
    // Not the sound rows only: a broken row may be the one that withholds consent.
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMERS);
    long written =
        context.write(
            Table.PURCHASE_INTERACTIONS,
            PurchaseInteractions.of(
                context.read(Table.ACCEPTED_SALES),
                customers,
                context.settings().features(),
                context.asOf()));
    return JobOutcome.ok(CustomerFeaturesJob.message(written, customers));
  }
}
