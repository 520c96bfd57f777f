package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PROFILING_CONSENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.config.PrivacySettings.LegalBasis;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Whose sales may be looked at person by person (LGPD).
 *
 * @param basis what the retailer relies on
 * @param customers {@code source.customers} whole, as a broken row may be the one that withholds
 *     consent; empty where there is no such table
 */
public record Profiling(LegalBasis basis, Optional<Dataset<Row>> customers) {
  private static final String[] KEY = {CUSTOMER_ID};

  /** The lines of customers who may be profiled; anonymous lines stay or go with the basis. */
  public Dataset<Row> allowed(Dataset<Row> lines) {
    if (basis == LegalBasis.CONSENT) {
      return customers
          .map(all -> lines.join(byConsent(all, col(PROFILING_CONSENT)), KEY, "left_semi"))
          .orElseGet(() -> lines.where(lit(false)));
    }
    return customers
        .map(all -> lines.join(byConsent(all, not(col(PROFILING_CONSENT))), KEY, "left_anti"))
        .orElse(lines);
  }

  /** The lines of identified customers who may not be profiled. */
  public Dataset<Row> refused(Dataset<Row> lines) {
    Dataset<Row> identified = lines.where(col(CUSTOMER_ID).isNotNull());
    if (basis == LegalBasis.CONSENT) {
      return customers
          .map(all -> identified.join(byConsent(all, col(PROFILING_CONSENT)), KEY, "left_anti"))
          .orElse(identified);
    }
    return customers
        .map(all -> identified.join(byConsent(all, not(col(PROFILING_CONSENT))), KEY, "left_semi"))
        .orElseGet(() -> identified.where(lit(false)));
  }

  /** A customer with several rows consents in all of them or not at all. */
  private static Dataset<Row> byConsent(Dataset<Row> customers, Column wanted) {
    return customers
        .groupBy(col(CUSTOMER_ID))
        .agg(min(coalesce(col(PROFILING_CONSENT), lit(false))).as(PROFILING_CONSENT))
        .where(wanted)
        .select(col(CUSTOMER_ID));
  }
}
