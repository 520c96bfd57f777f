package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.PopularProducts;
import com.posmodern.ai.recommend.Recommendations;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Publishes the list of every known customer: the champion's blend for those it knows, the popular
 * products for those it does not, who did not agree to profiling, or when there is no champion.
 */
public final class RecommendScoreJob implements Job {
  @Override
  public String name() {
    return "recommend-score";
  }

  @Override
  public String purpose() {
    return "publish each known customer's recommendations";
  }

  @Override
  public Set<Table> inputs() {
    return EnumSet.of(Table.PRODUCTS, Table.PRODUCT_FEATURES, Table.POPULAR_PRODUCTS);
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(
        Table.CUSTOMERS,
        Table.INVENTORY_DAILY,
        Table.PURCHASE_INTERACTIONS,
        Table.SIMILAR_PRODUCTS,
        Table.CUSTOMER_INDEX,
        Table.PRODUCT_INDEX,
        Table.CUSTOMER_FACTORS,
        Table.PRODUCT_FACTORS,
        Table.MODEL_REGISTRY);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.PRODUCT_RECOMMENDATIONS);
  }

  @Override
  public JobOutcome run(JobContext context) {
    Optional<Dataset<Row>> interactions = context.readOptional(Table.PURCHASE_INTERACTIONS);
    Optional<Dataset<Row>> customers =
        Stream.of(interactions, context.readOptional(Table.CUSTOMERS))
            .flatMap(Optional::stream)
            .map(rows -> rows.select(CUSTOMER_ID).where(col(CUSTOMER_ID).isNotNull()))
            .reduce(Dataset::union)
            .map(Dataset::distinct);
    if (customers.isEmpty()) {
      return JobOutcome.skipped("no known customers: the popular products serve everybody");
    }
    RecommendSettings settings = context.settings().recommend();
    Dataset<Row> popular = context.read(Table.POPULAR_PRODUCTS);
    Optional<RecommendChampion> champion = RecommendChampion.of(context);
    if (champion.isEmpty() || interactions.isEmpty()) {
      Dataset<Row> lists =
          Recommendations.popular(customers.get(), customers.get().limit(0), popular, settings);
      write(context, lists, PopularProducts.VERSION);
      return JobOutcome.ok("no accepted model: everybody gets the popular products");
    }
    context.step("ranking");
    Dataset<Row> personal =
        Recommendations.personal(
                champion.get().model(),
                interactions.get(),
                catalogue(context, settings),
                context.readOptional(Table.SIMILAR_PRODUCTS),
                settings)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Dataset<Row> others = Recommendations.popular(customers.get(), personal, popular, settings);
      write(context, personal.unionByName(others), champion.get().version());
    } finally {
      personal.unpersist();
    }
    return JobOutcome.ok();
  }

  private static Dataset<Row> catalogue(JobContext context, RecommendSettings settings) {
    return Catalogue.of(
        context.read(Table.PRODUCTS),
        context.read(Table.PRODUCT_FEATURES),
        context.readOptional(Table.INVENTORY_DAILY),
        context.asOf(),
        settings.rules());
  }

  private static void write(JobContext context, Dataset<Row> lists, String version) {
    context.write(Table.PRODUCT_RECOMMENDATIONS, lists.withColumn(MODEL_VERSION, lit(version)));
  }
}
