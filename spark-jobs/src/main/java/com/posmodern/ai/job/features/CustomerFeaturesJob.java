package com.posmodern.ai.job.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.CustomerFeatures;
import com.posmodern.ai.features.Purchases;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.quality.SoundRows;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code features.customer_features}. */
public final class CustomerFeaturesJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "customer-features",
              "recency, frequency, monetary value and behaviour of each known customer")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(Table.CUSTOMERS)
          .writes(Table.CUSTOMER_FEATURES);

  @Override
  public JobSpec spec() {
    return SPEC;
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
