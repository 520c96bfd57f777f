package com.posmodern.ai.job.campaign;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.JobContext;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What propensities are learnt from and given out for: the lines of those who may be profiled. */
final class PropensityInputs {
  private static final long HASH_RANGE = 1_000_000;

  private final JobContext context;

  PropensityInputs(JobContext context) {
    this.context = context;
  }

  /** A bounded sample of the customers. */
  PropensityData sample(long customers) {
    PropensitySettings settings = context.settings().propensity();
    Dataset<Row> lines = context.read(Table.ACCEPTED_SALES);
    return data(
        customers <= settings.trainingCustomers()
            ? lines
            : lines.where(
                pmod(xxhash64(col(CUSTOMER_ID), lit(settings.seed())), lit(HASH_RANGE))
                    .lt(HASH_RANGE * settings.trainingCustomers() / customers)));
  }

  /** All customers with a purchase in the window. */
  PropensityData all() {
    return data(context.read(Table.ACCEPTED_SALES));
  }

  /** Some customers only: customer_id, one row each. */
  PropensityData of(Dataset<Row> customers) {
    return data(
        context
            .read(Table.ACCEPTED_SALES)
            .join(customers, new String[] {CUSTOMER_ID}, "left_semi"));
  }

  /** Events of campaigns up to the as-of date. */
  Optional<Dataset<Row>> events() {
    return context
        .validOptional(Table.CAMPAIGN_EVENTS)
        .map(rows -> rows.where(to_date(col(OCCURRED_AT)).leq(lit(context.asOf()))));
  }

  private PropensityData data(Dataset<Row> lines) {
    Profiling profiling =
        new Profiling(
            context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
    return new PropensityData(
        profiling.allowed(
            lines.where(
                col(CUSTOMER_ID).isNotNull().and(col(BUSINESS_DATE).leq(lit(context.asOf()))))),
        context.valid(Table.PRODUCTS),
        events(),
        context.settings().recommend().rules().excludedForAnybody(),
        context.settings().propensity());
  }
}
