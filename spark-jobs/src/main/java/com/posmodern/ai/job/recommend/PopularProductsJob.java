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
import com.posmodern.ai.recommend.PopularProducts;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Publishes the best-selling products per store and segment. */
public final class PopularProductsJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of(
              "popular-products",
              "publish the best-selling products per store and customer segment")
          .reads(Table.PRODUCTS, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES)
          .readsIfPresent(Table.INVENTORY_DAILY, Table.CUSTOMER_SEGMENTS)
          .writes(Table.POPULAR_PRODUCTS);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    RecommendSettings settings = context.settings().recommend();
    Optional<Dataset<Row>> segments = context.readOptional(Table.CUSTOMER_SEGMENTS);
    Dataset<Row> catalogue =
        Catalogue.forEverybody(new RecommendInputs(context).catalogue(), settings.rules());
    Dataset<Row> popular =
        PopularProducts.of(
            context.read(Table.ACCEPTED_SALES), catalogue, segments, context.asOf(), settings);
    context.write(
        Table.POPULAR_PRODUCTS, popular.withColumn(MODEL_VERSION, lit(PopularProducts.VERSION)));
    return segments.isPresent()
        ? JobOutcome.ok()
        : JobOutcome.ok("no segments: computed over all customers only");
  }
}
