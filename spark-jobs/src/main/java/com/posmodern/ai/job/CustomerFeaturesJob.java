package com.posmodern.ai.job;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.CustomerFeatures;
import com.posmodern.ai.features.Purchases;
import com.posmodern.ai.quality.SoundRows;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.customer_features}. */
public final class CustomerFeaturesJob implements Job {
  @Override
  public String name() {
    return "customer-features";
  }

  @Override
  public String purpose() {
    return "recency, frequency, monetary value and behaviour of each known customer";
  }

  @Override
  public Set<Table> inputs() {
    return Set.of(Table.ACCEPTED_SALES, Table.PRODUCTS);
  }

  @Override
  public Set<Table> optionalInputs() {
    return Set.of(Table.CUSTOMERS);
  }

  @Override
  public Set<Table> outputs() {
    return Set.of(Table.CUSTOMER_FEATURES);
  }

  @Override
  public JobOutcome run(JobContext context) {
    // Not the sound rows only: a broken row may be the one that withholds consent.
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMERS);
    long written =
        context.write(
            Table.CUSTOMER_FEATURES,
            CustomerFeatures.of(
                context.read(Table.ACCEPTED_SALES),
                SoundRows.of(Table.PRODUCTS, context.read(Table.PRODUCTS)),
                customers,
                context.asOf()));
    return JobOutcome.ok(message(written, customers));
  }

  /** Counts, and no ids, of those left out. */
  static String message(long written, Optional<Dataset<Row>> customers) {
    String none = written == 0 ? "no known customers: all sales are anonymous; " : "";
    String leftOut =
        customers
            .map(Purchases::withoutConsent)
            .map(Dataset::count)
            .map(count -> String.format(Locale.ROOT, "%,d customers without consent", count))
            .map(text -> text + " to profiling left out")
            .orElse("no customers table: consent to profiling is taken for granted");
    return none + leftOut;
  }
}
