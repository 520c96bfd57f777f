package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CONFIDENCE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.recommend.DenseIndex.CUSTOMER_INDEX;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.broadcast;

import com.posmodern.ai.config.RecommendSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** The ALS factors of the products, from which similar products are derived. */
public final class TasteFactors implements AutoCloseable {
  private final Dataset<Row> customerIndex;
  private final Dataset<Row> products;

  /**
   * Fits on all purchases up to the as-of date.
   *
   * @param interactions features.purchase_interactions
   * @param productIndex product_id, product_index
   * @param catalogue as of {@link Catalogue}
   */
  public TasteFactors(
      Dataset<Row> interactions,
      Dataset<Row> productIndex,
      Dataset<Row> catalogue,
      RecommendSettings settings) {
    this.customerIndex =
        DenseIndex.of(interactions, CUSTOMER_ID, CUSTOMER_INDEX)
            .persist(StorageLevel.MEMORY_AND_DISK());
    ImplicitAls.Factors factors =
        ImplicitAls.fit(
            interactions
                .join(broadcast(productIndex), PRODUCT_ID)
                .join(customerIndex, CUSTOMER_ID)
                .select(CUSTOMER_INDEX, PRODUCT_INDEX, CONFIDENCE),
            settings);
    this.products =
        Content.complete(
            catalogue,
            factors
                .products()
                .join(broadcast(productIndex), PRODUCT_INDEX)
                .select(PRODUCT_ID, FACTORS),
            settings.similar().contentNeighbours());
  }

  /**
   * Columns product_id, factors, from_content, for every product of the catalogue that was bought
   * or is similar to one that was.
   */
  public Dataset<Row> products() {
    return products;
  }

  @Override
  public void close() {
    customerIndex.unpersist();
  }
}
