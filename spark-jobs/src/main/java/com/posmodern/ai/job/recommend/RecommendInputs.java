package com.posmodern.ai.job.recommend;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.features.Profiling;
import com.posmodern.ai.night.JobContext;
import com.posmodern.ai.recommend.Catalogue;
import com.posmodern.ai.recommend.ProductLife;
import com.posmodern.ai.recommend.rank.Assortment;
import com.posmodern.ai.recommend.rank.Histories;
import com.posmodern.ai.recommend.rank.Products;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The inputs that the recommendation jobs share; quarantined rows are excluded. */
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
    Profiling profiling =
        new Profiling(
            context.settings().privacy().legalBasis(), context.readOptional(Table.CUSTOMERS));
    return new Histories(
        profiling.allowed(context.read(Table.ACCEPTED_SALES)), products, context.asOf(), settings);
  }

  private Optional<Dataset<Row>> inventory() {
    return context.validOptional(Table.INVENTORY_DAILY);
  }

  private Dataset<Row> sound(Table table) {
    return context.valid(table);
  }
}
