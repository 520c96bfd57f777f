package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.BIRTH_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.HOME_STORE_ID;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.recommend.PopularLists;
import com.posmodern.ai.recommend.PopularProducts;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.PersonalLists;
import com.posmodern.ai.recommend.rank.Products;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Publishes the list of every known customer: the champion's list for customers with purchases;
 * popular products for customers without purchases or without consent to profiling, and for
 * everybody when there is no champion.
 */
public final class RecommendScoreJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("recommend-score", "publish each known customer's recommendations")
          .reads(
              Table.PRODUCTS,
              Table.STORES,
              Table.ACCEPTED_SALES,
              Table.PRODUCT_FEATURES,
              Table.POPULAR_PRODUCTS)
          .readsIfPresent(
              Table.CUSTOMERS,
              Table.INVENTORY_DAILY,
              Table.PURCHASE_INTERACTIONS,
              Table.RECOMMEND_RANKER,
              Table.MODEL_REGISTRY)
          .writes(Table.PRODUCT_RECOMMENDATIONS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> interactions = context.readOptional(Table.PURCHASE_INTERACTIONS);
    Optional<Dataset<Row>> customers = customers(context, interactions);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("no known customers: everybody gets the popular products");
    }
    RecommendSettings settings = context.settings().recommend();
    Dataset<Row> popular = context.read(Table.POPULAR_PRODUCTS);
    Optional<RecommendChampion> champion = RecommendChampion.of(context);
    if (champion.isEmpty() || interactions.isEmpty()) {
      Dataset<Row> lists = PopularLists.of(customers.get(), popular, settings.listLength());
      write(context, lists, PopularProducts.VERSION);
      return JobOutcome.ok("no accepted model: everybody gets the popular products");
    }
    context.step("ranking");
    RecommendInputs inputs = new RecommendInputs(context);
    Products products = inputs.products(inputs.catalogue());
    try (Histories histories = inputs.histories(products)) {
      Dataset<Row> personal =
          PersonalLists.of(
                  context.spark(),
                  histories,
                  products,
                  inputs.assortment(products, context.asOf()),
                  champion.get().ranker(),
                  withAge(context, settings),
                  context.asOf(),
                  settings)
              .persist(StorageLevel.MEMORY_AND_DISK());
      try {
        Dataset<Row> others =
            customers
                .get()
                .join(
                    personal.select(CUSTOMER_ID).distinct(),
                    new String[] {CUSTOMER_ID},
                    "left_anti");
        write(
            context,
            personal.unionByName(PopularLists.of(others, popular, settings.listLength())),
            champion.get().version());
      } finally {
        personal.unpersist();
      }
    }
    return JobOutcome.ok();
  }

  /** Columns customer_id, home_store_id (null when unknown); one row per customer. */
  private static Optional<Dataset<Row>> customers(
      JobContext context, Optional<Dataset<Row>> interactions) {
    return Stream.of(
            interactions.map(
                rows -> rows.select(col(CUSTOMER_ID), lit(null).cast("string").as(HOME_STORE_ID))),
            context
                .readOptional(Table.CUSTOMERS)
                .map(rows -> rows.select(CUSTOMER_ID, HOME_STORE_ID)))
        .flatMap(Optional::stream)
        .map(rows -> rows.where(col(CUSTOMER_ID).isNotNull()))
        .reduce(Dataset::union)
        .map(rows -> rows.groupBy(CUSTOMER_ID).agg(max(HOME_STORE_ID).as(HOME_STORE_ID)));
  }

  /**
   * Read only when a category depends on it; of the date of birth only whether it is known is used.
   */
  private static Set<String> withAge(JobContext context, RecommendSettings settings) {
    if (settings.rules().excludedWithoutAge().isEmpty()) {
      return Set.of();
    }
    return context
        .readOptional(Table.CUSTOMERS)
        .map(
            rows ->
                rows.where(col(BIRTH_DATE).isNotNull()).select(CUSTOMER_ID).collectAsList().stream()
                    .map(row -> row.getString(0))
                    .collect(Collectors.toSet()))
        .orElse(Set.of());
  }

  private static void write(JobContext context, Dataset<Row> lists, String version) {
    context.write(Table.PRODUCT_RECOMMENDATIONS, lists.withColumn(MODEL_VERSION, lit(version)));
  }
}
