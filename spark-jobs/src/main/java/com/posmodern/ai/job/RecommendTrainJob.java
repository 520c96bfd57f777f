package com.posmodern.ai.job;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.MODEL_VERSION;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Purchases;
import com.posmodern.ai.model.Evaluation;
import com.posmodern.ai.model.ModelVersion;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.ModelParameters;
import com.posmodern.ai.recommend.ProductLife;
import com.posmodern.ai.recommend.RecommendTraining;
import com.posmodern.ai.recommend.TrainingData;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Searches, judges and fits the recommender; the gate decides whether it may score. */
public final class RecommendTrainJob implements Job {
  @Override
  public String name() {
    return "recommend-train";
  }

  @Override
  public String purpose() {
    return "search, judge and fit the recommender (implicit ALS)";
  }

  @Override
  public Set<Table> inputs() {
    return EnumSet.of(Table.PRODUCTS, Table.ACCEPTED_SALES, Table.PRODUCT_FEATURES);
  }

  @Override
  public Set<Table> optionalInputs() {
    return EnumSet.of(
        Table.CUSTOMERS, Table.INVENTORY_DAILY, Table.PURCHASE_INTERACTIONS, Table.MODEL_REGISTRY);
  }

  @Override
  public Set<Table> outputs() {
    return EnumSet.of(
        Table.CUSTOMER_INDEX,
        Table.PRODUCT_INDEX,
        Table.CUSTOMER_FACTORS,
        Table.PRODUCT_FACTORS,
        Table.MODEL_METRICS,
        Table.MODEL_REGISTRY);
  }

  @Override
  public JobOutcome run(JobContext context) {
    long started = System.nanoTime();
    if (context.readOptional(Table.PURCHASE_INTERACTIONS).isEmpty()) {
      return JobOutcome.skipped("every sale is anonymous: nobody to recommend to by name");
    }
    RecommendSettings settings = context.settings().recommend();
    context.step("reading purchases");
    try (TrainingData data = data(context, settings)) {
      Optional<String> obstacle = data.obstacle(settings);
      if (obstacle.isPresent()) {
        return JobOutcome.skipped(obstacle.get());
      }
      ModelParameters parameters = RecommendTraining.search(data, settings, context::step);
      context.step("judging on the last %d days".formatted(settings.holdoutDays()));
      Evaluation evaluation = RecommendTraining.evaluate(data, parameters, settings);
      context.step("fitting on all purchases");
      write(context, data, evaluation, parameters, settings);
      // After the tables: an accepted version always has its factors.
      ModelVersion version =
          context.registry().judge(evaluation, (System.nanoTime() - started) / 1e9);
      return version.accepted()
          ? JobOutcome.ok(version.verdict())
          : JobOutcome.rejected(version.verdict());
    }
  }

  private static TrainingData data(JobContext context, RecommendSettings settings) {
    LocalDate cutoff = TrainingData.cutoff(context.asOf(), settings);
    Dataset<Row> sales = context.read(Table.ACCEPTED_SALES);
    Optional<Dataset<Row>> customers = context.readOptional(Table.CUSTOMERS);
    return new TrainingData(
        customers
            .map(
                all ->
                    sales.join(
                        Purchases.withoutConsent(all), new String[] {CUSTOMER_ID}, "left_anti"))
            .orElse(sales),
        context.settings().features().halfLifeDays(),
        Catalogue.of(
            context.read(Table.PRODUCTS),
            ProductLife.of(sales, cutoff),
            context.readOptional(Table.INVENTORY_DAILY),
            cutoff,
            settings.rules()),
        context.asOf(),
        settings);
  }

  private static void write(
      JobContext context,
      TrainingData data,
      Evaluation evaluation,
      ModelParameters parameters,
      RecommendSettings settings) {
    Dataset<Row> catalogue =
        Catalogue.of(
            context.read(Table.PRODUCTS),
            context.read(Table.PRODUCT_FEATURES),
            context.readOptional(Table.INVENTORY_DAILY),
            context.asOf(),
            settings.rules());
    String version =
        context.registry().nextVersion(RecommendTraining.MODEL, evaluation.parameters());
    RecommendTraining.Fitted fitted = RecommendTraining.fit(data, parameters, catalogue, settings);
    context.write(Table.CUSTOMER_INDEX, data.customerIndex());
    context.write(Table.PRODUCT_INDEX, data.productIndex());
    context.write(
        Table.CUSTOMER_FACTORS, fitted.customers().withColumn(MODEL_VERSION, lit(version)));
    context.write(Table.PRODUCT_FACTORS, fitted.products().withColumn(MODEL_VERSION, lit(version)));
  }
}
