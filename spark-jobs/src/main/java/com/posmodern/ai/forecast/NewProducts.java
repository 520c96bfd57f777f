package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import com.posmodern.ai.config.ForecastSettings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Products that a store has not sold yet and is about to sell. */
final class NewProducts {
  private NewProducts() {}

  /**
   * Store × product with the product's attributes (see {@link SeriesAssembler#attributes}):
   * launched within the last days that make a series new, or launched within the horizon, not
   * discontinued, and never sold in the store. Products without a launch date cannot be told from
   * forgotten ones and are left out.
   */
  static Dataset<Row> launched(ForecastInput input, ForecastSettings settings) {
    int asOfDay = input.asOfDay();
    Dataset<Row> products =
        SeriesAssembler.attributes(input.products())
            .where(
                col(LAUNCHED_ON)
                    .between(
                        asOfDay - settings.newSeriesDays() + 1, asOfDay + settings.horizonDays())
                    .and(col(DISCONTINUED_ON).gt(asOfDay)));
    Dataset<Row> sold =
        input
            .dailyDemand()
            .where(col(UNIT_PRICE).isNotNull())
            .select(STORE_ID, PRODUCT_ID)
            .join(broadcast(products.select(PRODUCT_ID)), PRODUCT_ID)
            .distinct();
    return products
        .crossJoin(broadcast(input.stores().select(STORE_ID)))
        .join(sold, JOIN_KEYS, "left_anti");
  }

  private static final String[] JOIN_KEYS = {STORE_ID, PRODUCT_ID};
}
