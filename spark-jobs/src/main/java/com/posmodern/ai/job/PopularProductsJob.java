package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.PopularProducts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Publishes what sells best per store and segment. */
public final class PopularProductsJob implements Job {
  @Override
  public String name() {
    return "popular-products";
  }

  @Override
  public String purpose() {
    return "publish what sells best per store and customer segment";
  }

  @Override
  public Set<Table> inputs() {
    return EnumSet.of(Table.PRODUCTS, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES);
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(Table.INVENTORY_DAILY, Table.CUSTOMER_SEGMENTS);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(Table.POPULAR_PRODUCTS);
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
        : JobOutcome.ok("no segments: over all customers only");
  }
}
