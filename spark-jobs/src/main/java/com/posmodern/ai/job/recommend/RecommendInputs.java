package com.posmodern.ai.job.recommend;

import static com.posmodern.ai.contract.Columns.BIRTH_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.ProductLife;
import com.posmodern.ai.recommend.TasteFactors;
import com.posmodern.ai.recommend.rank.Assortment;
import com.posmodern.ai.recommend.rank.Exposures;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.PersonalLists;
import com.posmodern.ai.recommend.rank.Products;
import com.posmodern.ai.recommend.rank.RankerTraining;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** What the recommendation jobs make of the night's tables; quarantined rows are excluded. */
final class RecommendInputs {
  private final JobContext context;
  private final RecommendSettings settings;

  RecommendInputs(JobContext context) {
    this.context = context;
    this.settings = context.settings().recommend();
  }

  /** The catalogue as of the as-of date. */
  Dataset<Row> catalogue() {
    return Catalogue.of(
        sound(Table.PRODUCTS),
        context.read(Table.PRODUCT_FEATURES),
        inventory(),
        context.asOf(),
        settings.rules());
  }

  /** The catalogue as known on an earlier date. */
  Dataset<Row> catalogueOf(LocalDate date) {
    return Catalogue.of(
        sound(Table.PRODUCTS),
        ProductLife.of(context.read(Table.ACCEPTED_SALES), date),
        inventory(),
        date,
        settings.rules());
  }

  /** Products and stores with their indices. */
  Products products(Dataset<Row> catalogue) {
    return Products.of(catalogue, sound(Table.STORES));
  }

  Assortment assortment(Products products, LocalDate date) {
    return Assortment.of(
        context.read(Table.ACCEPTED_SALES),
        inventory(),
        products,
        date,
        settings.rules().stockedDays());
  }

  /** Histories of the customers who may be profiled. */
  Histories histories(Products products) {
    return new Histories(
        profiling().allowed(context.read(Table.ACCEPTED_SALES)),
        products,
        context.asOf(),
        settings);
  }

  /** The training of the ranker; what was shown weighs more where the lake records it. */
  RankerTraining training(Histories histories, Products products) {
    Exposures exposures =
        context
            .validOptional(Table.INTERACTIONS)
            .map(
                rows ->
                    Exposures.of(
                        profiling().allowed(rows), histories, products, context.asOf(), settings))
            .orElse(Exposures.NONE);
    return new RankerTraining(
        histories, exposures, products, context.asOf(), settings, context::step);
  }

  private Profiling profiling() {
    return new Profiling(
        context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
  }

  /** ALS factors of every product in the catalogue. */
  TasteFactors factors(Dataset<Row> interactions, Products products, Dataset<Row> catalogue) {
    return new TasteFactors(
        interactions, products.productIndex(context.spark()), catalogue, settings);
  }

  /** Everybody's list as of the as-of date. */
  PersonalLists lists(Histories histories, Products products, Optional<byte[]> ranker) {
    return new PersonalLists(
        context.spark(),
        histories,
        products,
        assortment(products, context.asOf()),
        ranker,
        customersWithAge(),
        context.asOf(),
        settings);
  }

  /**
   * Column customer_id: those whose date of birth is on record, of which nothing else is read;
   * empty when no category depends on an age. Nobody's age is known where the lake has no
   * customers.
   */
  private Optional<Dataset<Row>> customersWithAge() {
    if (settings.rules().excludedWithoutAge().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        context
            .readOptional(Table.CUSTOMERS)
            .map(rows -> rows.where(col(BIRTH_DATE).isNotNull()).select(CUSTOMER_ID))
            .orElseGet(
                () ->
                    context
                        .spark()
                        .emptyDataFrame()
                        .withColumn(CUSTOMER_ID, lit(null).cast(DataTypes.StringType))));
  }

  private Optional<Dataset<Row>> inventory() {
    return context.validOptional(Table.INVENTORY_DAILY);
  }

  private Dataset<Row> sound(Table table) {
    return context.valid(table);
  }
}
