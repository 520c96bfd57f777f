package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PROFILING_CONSENT;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Whose sales may be looked at person by person (LGPD). */
public final class Purchases {
  private Purchases() {}

  /**
   * Lines of known customers up to the as-of date, without those who did not agree to profiling.
   *
   * <p>A customer whom the table does not name is kept: the loyalty key is known, an objection is
   * not.
   */
  static Dataset<Row> profiled(
      Dataset<Row> accepted, Optional<Dataset<Row>> customers, LocalDate asOf) {
    Dataset<Row> known =
        accepted.filter(col(CUSTOMER_ID).isNotNull().and(col(BUSINESS_DATE).leq(lit(asOf))));
    return customers
        .map(all -> known.join(withoutConsent(all), new String[] {CUSTOMER_ID}, "left_anti"))
        .orElse(known);
  }

  /**
   * Customers who must be left out of everything that describes a person; one column, their key.
   */
  public static Dataset<Row> withoutConsent(Dataset<Row> customers) {
    return customers
        .filter(not(coalesce(col(PROFILING_CONSENT), lit(false))))
        .select(col(CUSTOMER_ID))
        .distinct();
  }
}
