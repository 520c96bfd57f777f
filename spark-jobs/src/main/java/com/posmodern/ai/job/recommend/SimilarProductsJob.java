package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.SimilarProducts;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Publishes similar products, and products bought together. */
public final class SimilarProductsJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "similar-products", "publish similar products, from ALS factors, baskets and content")
          .reads(Table.PRODUCTS, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES)
          .readsIfPresent(Table.INVENTORY_DAILY, Table.PRODUCT_FACTORS, Table.MODEL_REGISTRY)
          .writes(Table.SIMILAR_PRODUCTS);

  @Override
  public JobSpec spec() {
    return SPEC;
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
