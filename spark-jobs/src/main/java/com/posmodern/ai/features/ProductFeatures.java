package com.posmodern.ai.features;

import static com.posmodern.ai.contract.Columns.AGE;
import static com.posmodern.ai.contract.Columns.AVERAGE_DEMAND_INTERVAL;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEMAND_CLASS;
import static com.posmodern.ai.contract.Columns.DEMAND_VARIATION;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.FIRST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.LAST_SOLD_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.REVENUE_84;
import static com.posmodern.ai.contract.Columns.STORES_SELLING;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static com.posmodern.ai.contract.Columns.VELOCITY_28;
import static com.posmodern.ai.contract.Columns.VELOCITY_84;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.FeatureSettings;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * One row per product that has sold: price, velocity, age and demand pattern.
 *
 * <p>Interval and variation are measured within each store's series and then averaged over the
 * stores, weighted by days with demand: a large store beside a small one does not make a product
 * erratic.
 *
 * <p>Days without a row count as days of zero demand within a life, see {@link SeriesLife}. Revenue
 * is less all returns, also of units that another store sold before this one's first sale.
 */
public final class ProductFeatures {
  /** Category and department of a product that the catalogue does not name. */
  static final String UNKNOWN = "unknown";

  private static final int SHORT = 28;
  private static final int LONG = 84;

  private static final String DAYS_SOLD = "_days_sold";
  private static final String UNITS = "_units";
  private static final String UNITS_SQUARED = "_units_squared";
  private static final String UNITS_28 = "_units_28";
  private static final String UNITS_84 = "_units_84";
  private static final String PRICES = "_prices";
  private static final String PRICED_DAYS = "_priced_days";
  private static final String LAST_PRICE = "_last_price";
  private static final String LAST_LINE = "_last_line";
  private static final String LIFE_END = "_life_end";

  private ProductFeatures() {}

  /**
   * {@code features.product_features} without its as-of date.
   *
   * @param demand daily demand, days without a row being days of zero demand; days after the as-of
   *     date are ignored
   * @param products one row per product
   */
  public static Dataset<Row> of(
      Dataset<Row> demand, Dataset<Row> products, FeatureSettings settings, LocalDate asOf) {
    Dataset<Row> catalogue =
        products.select(col(PRODUCT_ID), col(CATEGORY), col(DEPARTMENT), col(DISCONTINUED_ON));
    Dataset<Row> lives =
        perSeries(demand.filter(col(BUSINESS_DATE).leq(lit(asOf))), asOf)
            .filter(col(FIRST_SOLD_ON).isNotNull())
            .join(broadcast(catalogue), new String[] {PRODUCT_ID}, "left")
            .withColumn(LIFE_END, SeriesLife.end(col(LAST_LINE), col(DISCONTINUED_ON), asOf));
    return described(perProduct(lives), settings, asOf);
  }

  private static Dataset<Row> perSeries(Dataset<Row> demand, LocalDate asOf) {
    Column sold = col(DEMAND).gt(0);
    Column in28 = col(BUSINESS_DATE).gt(lit(asOf.minusDays(SHORT)));
    Column in84 = col(BUSINESS_DATE).gt(lit(asOf.minusDays(LONG)));
    return demand
        .groupBy(col(PRODUCT_ID), col(STORE_ID))
        .agg(
            count_if(sold).as(DAYS_SOLD),
            sum(col(DEMAND)).as(UNITS),
            sum(col(DEMAND).multiply(col(DEMAND))).as(UNITS_SQUARED),
            sum(when(in28, col(DEMAND)).otherwise(0.0)).as(UNITS_28),
            sum(when(in84, col(DEMAND)).otherwise(0.0)).as(UNITS_84),
            sum(when(in84, col(REVENUE)).otherwise(0.0)).as(REVENUE_84),
            sum(when(sold.and(in28), col(UNIT_PRICE))).as(PRICES),
            count_if(sold.and(in28)).as(PRICED_DAYS),
            max_by(col(UNIT_PRICE), SeriesLife.dayOfSale()).as(LAST_PRICE),
            min(SeriesLife.dayOfSale()).as(FIRST_SOLD_ON),
            coalesce(max(when(sold, col(BUSINESS_DATE))), min(SeriesLife.dayOfSale()))
                .as(LAST_SOLD_ON),
            max(SeriesLife.dayOfLine()).as(LAST_LINE));
  }

  private static Dataset<Row> perProduct(Dataset<Row> series) {
    Column mean = col(UNITS).divide(col(DAYS_SOLD));
    Column variance = col(UNITS_SQUARED).divide(col(DAYS_SOLD)).minus(mean.multiply(mean));
    Column variation =
        when(
                col(DAYS_SOLD).gt(0),
                greatest(variance, lit(0.0)).divide(mean.multiply(mean)).multiply(col(DAYS_SOLD)))
            .otherwise(0.0);
    Column days = datediff(col(LIFE_END), col(FIRST_SOLD_ON)).plus(1);
    Column daysSold = greatest(sum(col(DAYS_SOLD)), lit(1L));
    // Rounded before they are divided or compared: equal in any order of addition.
    return series
        .groupBy(col(PRODUCT_ID), col(CATEGORY), col(DEPARTMENT))
        .agg(
            round(sum(col(UNITS_28)), 3).as(UNITS_28),
            round(sum(col(UNITS_84)), 3).as(UNITS_84),
            round(sum(col(REVENUE_84)), 2).as(REVENUE_84),
            round(
                    coalesce(
                        round(sum(col(PRICES)), 4).divide(sum(col(PRICED_DAYS))),
                        max(struct(col(LIFE_END), col(LAST_PRICE))).getField(LAST_PRICE)),
                    4)
                .as(UNIT_PRICE),
            min(col(FIRST_SOLD_ON)).as(FIRST_SOLD_ON),
            max(col(LAST_SOLD_ON)).as(LAST_SOLD_ON),
            count_if(col(UNITS_84).gt(0)).as(STORES_SELLING),
            round(sum(days).divide(daysSold), 6).as(AVERAGE_DEMAND_INTERVAL),
            round(sum(variation).divide(daysSold), 6).as(DEMAND_VARIATION));
  }

  private static Dataset<Row> described(
      Dataset<Row> products, FeatureSettings settings, LocalDate asOf) {
    Column age = datediff(lit(asOf), col(FIRST_SOLD_ON)).cast("double");
    Column isNew = age.lt(settings.newProductDays());
    return products.select(
        col(PRODUCT_ID),
        coalesce(col(CATEGORY), lit(UNKNOWN)).as(CATEGORY),
        coalesce(col(DEPARTMENT), lit(UNKNOWN)).as(DEPARTMENT),
        col(UNIT_PRICE),
        velocity(UNITS_28, SHORT, age).as(VELOCITY_28),
        velocity(UNITS_84, LONG, age).as(VELOCITY_84),
        col(REVENUE_84),
        age.as(AGE),
        col(FIRST_SOLD_ON),
        col(LAST_SOLD_ON),
        col(STORES_SELLING),
        col(AVERAGE_DEMAND_INTERVAL),
        col(DEMAND_VARIATION),
        DemandClassColumn.of(isNew, col(AVERAGE_DEMAND_INTERVAL), col(DEMAND_VARIATION))
            .as(DEMAND_CLASS));
  }

  /** A product younger than the window is not slow for the days before it existed. */
  private static Column velocity(String units, int days, Column age) {
    return col(units).divide(least(lit((double) days), age.plus(1)));
  }
}
