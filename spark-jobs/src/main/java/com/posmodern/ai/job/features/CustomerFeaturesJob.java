package com.posmodern.ai.job.features;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;

import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.CustomerFeatures;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import java.util.Locale;
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
    return JobOutcome.ok(message(profiling, sales));
  }

  static Profiling profiling(JobContext context) {
    return new Profiling(
        context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
  }

  /** Counts, and no ids, of those left out; and what to do where that is everybody. */
  private static String message(Profiling profiling, Dataset<Row> sales) {
    Row found =
        profiling
            .refused(sales)
            .select(count_distinct(col(CUSTOMER_ID)))
            .crossJoin(sales.select(count_distinct(col(CUSTOMER_ID))))
            .head();
    long refused = found.getLong(0);
    long identified = found.getLong(1);
    if (identified == 0) {
      return "no known customers: all sales are anonymous";
    }
    boolean consent = profiling.basis() == LegalBasis.CONSENT;
    String counts =
        String.format(
            Locale.ROOT,
            "%,d of %,d customers with sales not profiled: %s",
            refused,
            identified,
            consent ? "no recorded consent" : "recorded without consent");
    return consent && refused == identified
        ? counts
            + ". WARNING: nobody gets recommendations or a segment. Import source.customers with"
            + " profiling_consent, or, where the retailer has that legal basis, set"
            + " privacy.legal_basis: LEGITIMATE_INTEREST (POS_LEGAL_BASIS in the environment);"
            + " see docs/personal-data.md"
        : counts;
  }
}
