package com.posmodern.ai.replenish;

import static com.posmodern.ai.contract.Columns.COVERS_UNTIL;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.LAST_ORDER_ON;
import static com.posmodern.ai.contract.Columns.LEAD_TIME;
import static com.posmodern.ai.contract.Columns.LISTED_FROM;
import static com.posmodern.ai.contract.Columns.LISTED_UNTIL;
import static com.posmodern.ai.contract.Columns.ORDER_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.features.ListedProducts.LISTINGS;
import static com.posmodern.ai.features.ListedProducts.NEVER;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.transform;

import com.posmodern.ai.features.ListedProducts;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Where a product is kept, and until when: by {@code source.assortment}, else wherever it is
 * counted, until {@code products.discontinued_on}. A product that ends is ordered for its last days
 * only, for the last time on the day on which an order still arrives before the end.
 */
final class Listing {
  /** False: the assortment does not list the product when the order would arrive. */
  static final String LISTED = "_listed";

  private Listing() {}

  /**
   * Adds {@link #LISTED}, {@code listed_until} and {@code last_order_on}, and cuts {@code
   * covers_until}.
   *
   * @param series with the terms of {@link OrderTerms} and the product's {@code discontinued_on}
   */
  static Dataset<Row> with(Dataset<Row> series, Optional<Dataset<Row>> assortment, LocalDate asOf) {
    Column discontinued = coalesce(col(DISCONTINUED_ON), lit(NEVER));
    Dataset<Row> listed =
        assortment
            .map(
                rows ->
                    listed(series, rows)
                        .withColumn(LISTED_UNTIL, least(col(LISTED_UNTIL), discontinued)))
            .orElseGet(
                () -> series.withColumn(LISTED, lit(true)).withColumn(LISTED_UNTIL, discontinued));
    return listed
        .withColumn(LISTED_UNTIL, nullif(col(LISTED_UNTIL), lit(NEVER)))
        .withColumn(LAST_ORDER_ON, date_sub(col(LISTED_UNTIL), col(LEAD_TIME)))
        .withColumn(
            COVERS_UNTIL,
            // Not before tomorrow: a level is of at least one day.
            greatest(least(col(COVERS_UNTIL), col(LISTED_UNTIL)), lit(asOf.plusDays(1))))
        .drop(DISCONTINUED_ON);
  }

  private static Dataset<Row> listed(Dataset<Row> series, Dataset<Row> assortment) {
    Column arrival = date_add(col(ORDER_ON), col(LEAD_TIME));
    Column here = ListedProducts.in(col(STORE_ID));
    // A launch is ordered so that it is there on its first day.
    Column begun = filter(here, one -> one.getField(LISTED_FROM).leq(arrival));
    return series
        .join(ListedProducts.byProduct(assortment), new String[] {PRODUCT_ID}, "left")
        .withColumn(
            LISTED,
            coalesce(exists(begun, one -> one.getField(LISTED_UNTIL).isNotNull()), lit(false)))
        .withColumn(
            LISTED_UNTIL,
            coalesce(array_max(transform(begun, one -> one.getField(LISTED_UNTIL))), lit(NEVER)))
        .drop(LISTINGS);
  }
}
