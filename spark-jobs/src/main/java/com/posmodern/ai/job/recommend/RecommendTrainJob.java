package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.night.Job;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.night.JobOutcome;
import com.posmodern.ai.night.JobSpec;
import com.posmodern.ai.recommend.TasteFactors;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.Products;
import com.posmodern.ai.recommend.rank.RankerTraining;
import com.posmodern.ai.recommend.rank.RankerTraining.Trained;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Trains and evaluates the recommender; the gate decides whether it may be used for scoring. */
public final class RecommendTrainJob implements Job {
  private static final JobSpec SPEC =
      JobSpec.of("recommend-train", "train and evaluate the recommender, and fit the ALS factors")
          .reads(Table.PRODUCTS, Table.STORES, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES)
          .readsIfPresent(
              Table.CUSTOMERS,
              Table.INTERACTIONS,
              Table.INVENTORY_DAILY,
              Table.PURCHASE_INTERACTIONS,
              Table.MODEL_REGISTRY)
          .writes(
              Table.PRODUCT_FACTORS,
              Table.RECOMMEND_RANKER,
              Table.MODEL_METRICS,
              Table.MODEL_REGISTRY);

  @Override
  public JobSpec spec() {
    return SPEC;
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    Optional<Dataset<Row>> interactions = context.readOptional(Table.PURCHASE_INTERACTIONS);
    if (interactions.isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: there are no customers to recommend to");
    }
    RecommendSettings settings = context.settings().recommend();
    RecommendInputs inputs = new RecommendInputs(context);
    context.step("reading purchases");
    Dataset<Row> catalogue = inputs.catalogue();
    Products products = inputs.products(catalogue);
    try (Histories histories = inputs.histories(products)) {
      RankerTraining training = inputs.training(histories, products);
      Optional<String> obstacle = training.obstacle();
      if (obstacle.isPresent()) {
        return JobOutcome.skipped(obstacle.get());
      }
      LocalDate cutoff = RankerTraining.cutoff(context.asOf(), settings);
      Trained trained =
          training.train(
              inputs.catalogueOf(cutoff),
              inputs.assortment(products, cutoff),
              RecommendChampion.upTo(context, cutoff).flatMap(RecommendChampion::comparable));
      context.step("fitting ALS factors");
      String version =
          context.registry().nextVersion(RankerTraining.MODEL, trained.evaluation().parameters());
      try (TasteFactors factors = inputs.factors(interactions.get(), products, catalogue)) {
        context.write(
            Table.PRODUCT_FACTORS, factors.products().withColumn(MODEL_VERSION, lit(version)));
      }
      RecommendChampion.keep(context, trained, version);
      // Registered after the tables are written, so that an accepted version always has its rows.
      ModelVersion judged =
          context.registry().judge(trained.evaluation(), (System.nanoTime() - started) / 1e9);
      return JobOutcome.judged(judged);
    }
  }
}
