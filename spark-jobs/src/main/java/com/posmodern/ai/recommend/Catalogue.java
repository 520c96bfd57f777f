package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.BRAND;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.FIRST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.LAST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.ON_HAND;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.contract.Columns.VELOCITY_28;
import static com.posmodern.ai.contract.Columns.VELOCITY_84;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.config.RecommendSettings.Rules;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The products with the attributes needed for recommendations, and whether they may be recommended.
 */
public final class Catalogue {
  /** True when the product may be recommended tomorrow. */
  public static final String OFFERED = "offered";

  /** True when the product was launched, or first sold, within the configured days. */
  public static final String IS_NEW = "is_new";

  /**
   * True when the product is launched and not discontinued, whether also products that are not
   * stocked.
   */
  public static final String ON_SALE = "on_sale";

  private static final String IN_STOCK = "in_stock";

  private Catalogue() {}

  /**
   * One row per product. A product is offered when it is launched, not discontinued, and stocked:
   * inventory decides for products it lists, otherwise a recent sale in any store or a recent
   * launch.
   *
   * @param products as in source.products
   * @param productFeatures as in features.product_features of the same as-of date
   * @param inventory as in source.inventory_daily; rows after the as-of date are ignored
   * @return product_id, category, department, brand, product_name, unit_price (nullable),
   *     velocity_28, velocity_84 (units a day), {@link #IS_NEW}, launched_on (nullable), {@link
   *     #ON_SALE}, {@link #OFFERED}
   */
  public static Dataset<Row> of(
      Dataset<Row> products,
      Dataset<Row> productFeatures,
      Optional<Dataset<Row>> inventory,
      LocalDate asOf,
      Rules rules) {
    Dataset<Row> features =
        productFeatures.select(
            PRODUCT_ID, UNIT_PRICE, VELOCITY_28, VELOCITY_84, FIRST_SOLD_ON, LAST_SOLD_ON);
    Dataset<Row> joined = products.join(features, PRODUCT_ID, "left");
    Column inStock = lit(null).cast("boolean");
    if (inventory.isPresent()) {
      joined = joined.join(latestStock(inventory.get(), asOf, rules), PRODUCT_ID, "left");
      inStock = col(IN_STOCK);
    }
    Column tomorrow = lit(asOf.plusDays(1));
    Column isNew =
        coalesce(
            coalesce(col(LAUNCHED_ON), col(FIRST_SOLD_ON)).gt(lit(asOf.minusDays(rules.newDays()))),
            lit(false));
    Column soldLately =
        coalesce(col(LAST_SOLD_ON).gt(lit(asOf.minusDays(rules.stockedDays()))), lit(false));
    Column onSale =
        coalesce(col(DISCONTINUED_ON).geq(tomorrow), lit(true))
            .and(coalesce(col(LAUNCHED_ON).leq(tomorrow), lit(true)));
    return joined.select(
        col(PRODUCT_ID),
        col(CATEGORY),
        col(DEPARTMENT),
        col(BRAND),
        col(PRODUCT_NAME),
        coalesce(col(UNIT_PRICE), col(LIST_PRICE).cast("double")).as(UNIT_PRICE),
        coalesce(col(VELOCITY_28), lit(0.0)).as(VELOCITY_28),
        coalesce(col(VELOCITY_84), lit(0.0)).as(VELOCITY_84),
        isNew.as(IS_NEW),
        col(LAUNCHED_ON),
        onSale.as(ON_SALE),
        onSale.and(coalesce(inStock, soldLately.or(isNew))).as(OFFERED));
  }

  /**
   * The products that may be recommended to every customer, even if nothing is known about the
   * customer.
   */
  public static Dataset<Row> forEverybody(Dataset<Row> catalogue, Rules rules) {
    Object[] excluded = rules.excludedForAnybody().toArray();
    Column isExcluded = coalesce(col(CATEGORY).isin(excluded), lit(false));
    return excluded.length == 0
        ? catalogue
        : catalogue.withColumn(OFFERED, col(OFFERED).and(not(isExcluded)));
  }

  /** Whether any store had stock at the end of its last counted day within the stocked days. */
  private static Dataset<Row> latestStock(Dataset<Row> inventory, LocalDate asOf, Rules rules) {
    return inventory
        .where(
            col(BUSINESS_DATE)
                .leq(lit(asOf))
                .and(col(BUSINESS_DATE).gt(lit(asOf.minusDays(rules.stockedDays())))))
        .groupBy(PRODUCT_ID, STORE_ID)
        .agg(max_by(col(ON_HAND), col(BUSINESS_DATE)).as(ON_HAND))
        .groupBy(PRODUCT_ID)
        .agg(max(col(ON_HAND).gt(0)).as(IN_STOCK));
  }
}
