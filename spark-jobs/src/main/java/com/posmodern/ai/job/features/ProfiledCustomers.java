package com.posmodern.ai.job.features;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;

import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import com.posmodern.ai.features.Profiling;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many customers with sales are left out of the features, without their ids.
 *
 * @param refused of the identified customers
 */
record ProfiledCustomers(long refused, long identified, LegalBasis basis) {
  /** Counts those with sales. */
  static ProfiledCustomers of(Dataset<Row> sales, Profiling profiling) {
    Row found =
        profiling
            .refused(sales)
            .select(count_distinct(col(CUSTOMER_ID)))
            .crossJoin(sales.select(count_distinct(col(CUSTOMER_ID))))
            .head();
    return new ProfiledCustomers(found.getLong(0), found.getLong(1), profiling.basis());
  }

  /** The counts, and what to do where everybody is left out. */
  @Override
  public String toString() {
    if (identified == 0) {
      return "no known customers: all sales are anonymous";
    }
    boolean consent = basis == LegalBasis.CONSENT;
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
