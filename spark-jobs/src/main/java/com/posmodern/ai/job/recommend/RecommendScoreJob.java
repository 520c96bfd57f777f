package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.recommend.ControlGroup;
import com.posmodern.ai.recommend.KnownCustomers;
import com.posmodern.ai.recommend.PopularLists;
import com.posmodern.ai.recommend.PopularProducts;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.PersonalLists;
import com.posmodern.ai.recommend.rank.Products;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Publishes the list of every known customer: the champion's list for customers with purchases;
 * popular products for customers without purchases or without consent to profiling, for those of
 * the control group, and for everybody when there is no champion.
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
    Optional<Dataset<Row>> customers =
        KnownCustomers.of(interactions, context.readOptional(Table.CUSTOMERS));
    if (customers.isEmpty()) {
      return JobOutcome.skipped("no known customers: everybody gets the popular products");
    }
    int length = context.settings().recommend().listLength();
    Dataset<Row> popular = context.read(Table.POPULAR_PRODUCTS);
    Optional<RecommendChampion> champion = RecommendChampion.of(context);
    if (champion.isEmpty() || interactions.isEmpty()) {
      Dataset<Row> lists = PopularLists.of(customers.get(), popular, length);
      write(context, lists, PopularProducts.VERSION);
      return JobOutcome.ok("no accepted model: everybody gets the popular products");
    }
    context.step("ranking");
    RecommendInputs inputs = new RecommendInputs(context);
    Products products = inputs.products(inputs.catalogue());
    try (Histories histories = inputs.histories(products);
        PersonalLists personal = inputs.lists(histories, products, champion.get().ranker())) {
      ControlGroup control = new ControlGroup(context.settings().recommend().controlShare());
      Dataset<Row> without = control.addedTo(personal.unlisted(customers.get()), customers.get());
      write(
          context,
          control.leftOut(personal.rows()).unionByName(PopularLists.of(without, popular, length)),
          champion.get().version());
    }
    return JobOutcome.ok();
  }

  private static void write(JobContext context, Dataset<Row> lists, String version) {
    context.write(Table.PRODUCT_RECOMMENDATIONS, lists.withColumn(MODEL_VERSION, lit(version)));
  }
}
