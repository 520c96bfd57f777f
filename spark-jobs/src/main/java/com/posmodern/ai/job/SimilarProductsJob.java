package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.SimilarProducts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Publishes products like a product, and products bought together with it. */
public final class SimilarProductsJob implements Job {
  @Override
  public String name() {
    return "similar-products";
  }

  @Override
  public String purpose() {
    return "publish similar products, from taste, baskets and content";
  }

  @Override
  public Set<Table> inputs() {
    return EnumSet.of(Table.PRODUCTS, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES);
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(Table.INVENTORY_DAILY, Table.PRODUCT_FACTORS, Table.MODEL_REGISTRY);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.SIMILAR_PRODUCTS);
  }

  @Override
  public JobOutcome run(JobContext context) {
    RecommendSettings settings = context.settings().recommend();
    Optional<RecommendChampion> champion = RecommendChampion.of(context);
    Dataset<Row> catalogue =
        Catalogue.forEverybody(new RecommendInputs(context).catalogue(), settings.rules());
    Dataset<Row> similar =
        SimilarProducts.of(
            context.read(Table.ACCEPTED_SALES),
            catalogue,
            champion.map(RecommendChampion::productFactors),
            context.asOf(),
            settings.similar());
    String version = champion.map(RecommendChampion::version).orElse(SimilarProducts.VERSION);
    context.write(Table.SIMILAR_PRODUCTS, similar.withColumn(MODEL_VERSION, lit(version)));
    return champion.isPresent()
        ? JobOutcome.ok()
        : JobOutcome.ok("no accepted model: from baskets and content only");
  }
}
