package com.posmodern.ai.job.behaviour;

import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.SEQUENCE_KIND;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.behaviour.sequence.NextProducts;
import com.posmodern.ai.behaviour.sequence.Sequences;
import com.posmodern.ai.config.BehaviourSettings.NextProductSettings;
import com.posmodern.ai.config.RecommendSettings.Rules;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Writes {@code results.next_products}. */
public final class NextProductsJob implements Job {
  private static final String VERSION = "markov-2";

  private static final JobSpec SPEC =
      JobSpec.of("next-products", "what comes next in a basket or a session")
          .reads(Table.ACCEPTED_SALES, Table.PRODUCTS)
          .readsIfPresent(Table.INTERACTIONS, Table.CUSTOMERS)
          .writes(Table.NEXT_PRODUCTS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    NextProductSettings settings = context.settings().behaviour().next();
    Dataset<Row> offered = offered(context);
    try (Sequences baskets =
            Sequences.ofBaskets(context.read(Table.ACCEPTED_SALES), context.asOf(), settings)
                .kept();
        Sequences sessions = Sequences.ofSessions(seen(context), context.asOf(), settings).kept();
        NextProducts inBaskets = NextProducts.of(baskets, offered, context.asOf(), settings);
        NextProducts inSessions = NextProducts.of(sessions, offered, context.asOf(), settings)) {
      Dataset<Row> lists =
          inBaskets
              .lists()
              .withColumn(SEQUENCE_KIND, lit("BASKET"))
              .unionByName(inSessions.lists().withColumn(SEQUENCE_KIND, lit("SESSION")));
      long written =
          context.write(Table.NEXT_PRODUCTS, lists.withColumn(MODEL_VERSION, lit(VERSION)));
      String order =
          baskets.order() == Sequences.Order.SEEN
              ? "in the order of the receipts' lines"
              : "of products together: the receipts' lines are sorted by product";
      return JobOutcome.ok("%,d rows, %s".formatted(written, order));
    }
  }

  /** Interactions of customers who may be profiled; none where the lake has no such table. */
  private static Dataset<Row> seen(JobContext context) {
    Profiling profiling =
        new Profiling(
            context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
    return context
        .validOptional(Table.INTERACTIONS)
        .map(profiling::allowed)
        .orElseGet(() -> context.none(Table.INTERACTIONS));
  }

  /** At the till nobody's age is known, so what depends on it is left out. */
  private static Dataset<Row> offered(JobContext context) {
    Rules rules = context.settings().recommend().rules();
    return context
        .valid(Table.PRODUCTS)
        .where(col(DISCONTINUED_ON).isNull().or(col(DISCONTINUED_ON).gt(lit(context.asOf()))))
        .where(coalesce(not(col(CATEGORY).isin(rules.excludedForAnybody().toArray())), lit(true)))
        .select(PRODUCT_ID);
  }
}
