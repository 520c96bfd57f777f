package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMERS;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.ROWS;
import static com.posmodern.ai.recommend.Catalogue.OFFERED;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.config.RecommendSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * What a training works on, by index and kept in memory or on local disk until closed: the
 * purchases, split in time into what models may learn from and what they are judged on.
 */
public final class TrainingData implements AutoCloseable {
  private final LocalDate asOf;
  private final LocalDate cutoff;
  private final Dataset<Row> customerIndex;
  private final Dataset<Row> productIndex;
  private final Dataset<Row> daily;
  private final Dataset<Row> interactionsBefore;
  private final Dataset<Row> productsBefore;
  private final Dataset<Row> bought;
  private final long customers;
  private final long interactions;
  private final long judgedCustomers;
  private final long offeredBefore;

  /**
   * Everything that is known before the holdout, and the purchases in it.
   *
   * @param sales lines of identified customers who agreed to profiling: customer_id, product_id,
   *     sale_id, business_date, quantity
   * @param personalHalfLife half-life in days of features.purchase_interactions, which the
   *     published lists take the customers' own purchases from
   * @param catalogueBefore {@link Catalogue} as of {@link #cutoff}
   */
  public TrainingData(
      Dataset<Row> sales,
      double personalHalfLife,
      Dataset<Row> catalogueBefore,
      LocalDate asOf,
      RecommendSettings settings) {
    this.asOf = asOf;
    this.cutoff = cutoff(asOf, settings);
    Dataset<Row> products = catalogueBefore.select(PRODUCT_ID);
    customerIndex = keep(DenseIndex.of(sales, CUSTOMER_ID, CUSTOMER_INDEX));
    productIndex = keep(DenseIndex.of(products, PRODUCT_ID, PRODUCT_INDEX));
    daily = keep(Interactions.daily(sales, customerIndex, productIndex));
    interactionsBefore = keep(Interactions.confidence(daily, cutoff, personalHalfLife));
    productsBefore = keep(catalogueBefore.join(broadcast(productIndex), PRODUCT_ID));
    Dataset<Row> known = interactionsBefore.select(CUSTOMER_INDEX).distinct();
    bought =
        keep(
            daily
                .where(col(BUSINESS_DATE).gt(lit(cutoff)).and(col(BUSINESS_DATE).leq(lit(asOf))))
                .select(CUSTOMER_INDEX, PRODUCT_INDEX)
                .distinct()
                .join(known, CUSTOMER_INDEX));
    Row size =
        interactionsBefore
            .agg(countDistinct(CUSTOMER_INDEX).as(CUSTOMERS), count(lit(1)).as(ROWS))
            .first();
    customers = size.getLong(0);
    interactions = size.getLong(1);
    judgedCustomers = bought.select(CUSTOMER_INDEX).distinct().count();
    offeredBefore = productsBefore.where(col(OFFERED)).count();
  }

  /** Last date that a model under judgement may know. */
  public static LocalDate cutoff(LocalDate asOf, RecommendSettings settings) {
    return asOf.minusDays(settings.holdoutDays());
  }

  /** Why there is no training on these data; empty when there may be one. */
  public Optional<String> obstacle(RecommendSettings settings) {
    if (customers < settings.minimumCustomers()) {
      return Optional.of(
          "%d identified customers before the holdout, fewer than minimum_customers %d"
              .formatted(customers, settings.minimumCustomers()));
    }
    if (interactions < settings.minimumInteractions()) {
      return Optional.of(
          "%d customer-product pairs before the holdout, fewer than minimum_interactions %d"
              .formatted(interactions, settings.minimumInteractions()));
    }
    if (judgedCustomers < 2) {
      return Optional.of(
          "no known customers bought in the last %d days, so no model can be judged"
              .formatted(settings.holdoutDays()));
    }
    return Optional.empty();
  }

  public Dataset<Row> customerIndex() {
    return customerIndex;
  }

  public Dataset<Row> productIndex() {
    return productIndex;
  }

  LocalDate asOf() {
    return asOf;
  }

  LocalDate cutoff() {
    return cutoff;
  }

  /** As of {@link Interactions#daily}. */
  Dataset<Row> daily() {
    return daily;
  }

  /** As of the cutoff: customer_index, product_index, confidence. */
  Dataset<Row> interactionsBefore() {
    return interactionsBefore;
  }

  /** The catalogue as of the cutoff, and product_index. */
  Dataset<Row> productsBefore() {
    return productsBefore;
  }

  /** Distinct customer_index, product_index bought after the cutoff by customers known before. */
  Dataset<Row> bought() {
    return bought;
  }

  long customers() {
    return customers;
  }

  long judgedCustomers() {
    return judgedCustomers;
  }

  long offeredBefore() {
    return offeredBefore;
  }

  @Override
  public void close() {
    List.of(customerIndex, productIndex, daily, interactionsBefore, productsBefore, bought)
        .forEach(Dataset::unpersist);
  }

  private static Dataset<Row> keep(Dataset<Row> rows) {
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }
}
