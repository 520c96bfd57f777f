package com.posmodern.ai.job.features;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.CustomerFeatures;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
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
    Profiling profiling = profiling(context);
    Dataset<Row> sales = context.read(Table.ACCEPTED_SALES);
    context.write(
        Table.CUSTOMER_FEATURES,
        CustomerFeatures.of(
            sales,
            context.valid(Table.PRODUCTS),
            profiling,
            context.asOf(),
            context.settings().features().customerWindowDays(),
            context.settings().recommend().rules().excludedForAnybody()));
    return JobOutcome.ok(ProfiledCustomers.of(sales, profiling).toString());
  }

  static Profiling profiling(JobContext context) {
    return new Profiling(
        context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
  }
}
