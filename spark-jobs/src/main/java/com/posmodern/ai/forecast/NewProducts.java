package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.LISTED_FROM;
import static com.posmodern.ai.contract.Columns.LISTED_UNTIL;
import static com.posmodern.ai.contract.Columns.OPENED_ON;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.ForecastSettings;
import com.posmodern.ai.features.ListedProducts;
import com.posmodern.ai.features.SeriesLife;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Products that a store has not sold yet and is about to sell. */
final class NewProducts {
  /** Stores that sell the product, with their demand and known days; null where none does. */
  static final String ELSEWHERE = "elsewhere";

  private static final String FIRST = "_first";
  private static final String UNKNOWN = "_unknown";
  private static final String DAYS = "_days";
  private static final String[] SERIES = {STORE_ID, PRODUCT_ID};

  private NewProducts() {}

  /**
   * Store × product with the product's attributes (see {@link SeriesAssembler#attributes}) and
   * {@link #ELSEWHERE}: launched within the last days that make a series new, or launched within
   * the horizon, not discontinued, and never sold in the store.
   *
   * <p>With an assortment, in the stores that list it, and a product that a store lists newly is a
   * launch there; so is all that it lists in a store that opens ({@code opened_on}). Without one,
   * in the stores that sell its category; in all stores where nobody sells that category yet.
   * Products without a launch date cannot be told from forgotten ones then and are left out.
   */
  static Dataset<Row> launched(ForecastInput input, ForecastSettings settings) {
    int asOfDay = input.asOfDay();
    Column isNew =
        col(LAUNCHED_ON)
            .between(asOfDay - settings.newSeriesDays() + 1, asOfDay + settings.horizonDays());
    Dataset<Row> products =
        SeriesAssembler.attributes(input.products()).where(col(DISCONTINUED_ON).gt(asOfDay));
    Dataset<Row> launched =
        input
            .assortment()
            .map(assortment -> listed(products, assortment, input, settings).where(isNew))
            .orElseGet(() -> whereTheCategorySells(products.where(isNew), input, settings));
    Dataset<Row> sold = sold(launched, input);
    return launched
        .join(sold, SERIES, "left_anti")
        .join(broadcast(elsewhere(sold, asOfDay)), new String[] {PRODUCT_ID}, "left");
  }

  /** Where the launched products were sold before, since when, and how much of late. */
  private static Dataset<Row> sold(Dataset<Row> launched, ForecastInput input) {
    Column recent = unix_date(col(BUSINESS_DATE)).gt(input.asOfDay() - LaunchForecasts.LEVEL_DAYS);
    Column known = recent.and(not(coalesce(col(STOCK_OUT), lit(false))));
    return input
        .dailyDemand()
        .join(broadcast(launched.select(PRODUCT_ID).distinct()), PRODUCT_ID)
        .groupBy(STORE_ID, PRODUCT_ID)
        .agg(
            min(when(SeriesLife.isSale(), unix_date(col(BUSINESS_DATE)))).as(FIRST),
            sum(when(known, col(DEMAND)).otherwise(0.0)).as(DEMAND),
            count_if(recent.and(not(known))).as(UNKNOWN))
        .where(col(FIRST).isNotNull());
  }

  /** As {@link LaunchForecasts#elsewhere} says it of the history of series. */
  private static Dataset<Row> elsewhere(Dataset<Row> sold, int asOfDay) {
    Column since = greatest(col(FIRST), lit(asOfDay - LaunchForecasts.LEVEL_DAYS + 1));
    return sold.withColumn(DAYS, lit(asOfDay + 1).minus(since).minus(col(UNKNOWN)))
        .where(col(DAYS).gt(0))
        .groupBy(PRODUCT_ID)
        .agg(
            sort_array(
                    collect_list(
                        struct(
                            col(STORE_ID),
                            col(DEMAND),
                            col(DAYS).cast(DataTypes.DoubleType).as(DAYS))))
                .as(ELSEWHERE));
  }

  /** What {@link #ELSEWHERE} holds. */
  static List<SoldElsewhere.Sales> elsewhereOf(Row launched) {
    int field = launched.fieldIndex(ELSEWHERE);
    List<Row> stores = launched.isNullAt(field) ? List.of() : launched.getList(field);
    return stores.stream()
        .map(row -> new SoldElsewhere.Sales(row.getString(0), row.getDouble(1), row.getDouble(2)))
        .toList();
  }

  /**
   * Every store × product on the list by the end of the horizon; launched there when listed, or
   * when the store opened.
   */
  private static Dataset<Row> listed(
      Dataset<Row> products,
      Dataset<Row> assortment,
      ForecastInput input,
      ForecastSettings settings) {
    Dataset<Row> since =
        ListedProducts.byStore(assortment, input.stores())
            .where(unix_date(col(LISTED_FROM)).leq(input.asOfDay() + settings.horizonDays()))
            .where(unix_date(col(LISTED_UNTIL)).gt(input.asOfDay()))
            .groupBy(STORE_ID, PRODUCT_ID)
            .agg(min(unix_date(col(LISTED_FROM))).as(LISTED_FROM));
    Dataset<Row> opened =
        input.stores().select(col(STORE_ID), unix_date(col(OPENED_ON)).as(OPENED_ON));
    return products
        .join(since, PRODUCT_ID)
        .join(broadcast(opened), new String[] {STORE_ID}, "left")
        .withColumn(LAUNCHED_ON, greatest(col(LAUNCHED_ON), col(LISTED_FROM), col(OPENED_ON)))
        .drop(LISTED_FROM, OPENED_ON);
  }

  private static Dataset<Row> whereTheCategorySells(
      Dataset<Row> launched, ForecastInput input, ForecastSettings settings) {
    Dataset<Row> ofTheirCategories =
        input
            .products()
            .select(PRODUCT_ID, CATEGORY)
            .join(broadcast(launched.select(CATEGORY).distinct()), CATEGORY);
    Dataset<Row> selling =
        input
            .dailyDemand()
            .where(SeriesLife.isSale())
            .where(col(BUSINESS_DATE).gt(lit(input.asOf().minusDays(settings.activeDays()))))
            .select(STORE_ID, PRODUCT_ID)
            .distinct()
            .join(ofTheirCategories, PRODUCT_ID)
            .select(STORE_ID, CATEGORY)
            .distinct();
    Dataset<Row> nobodySells = launched.join(selling, new String[] {CATEGORY}, "left_anti");
    return launched
        .join(selling, CATEGORY)
        .unionByName(nobodySells.crossJoin(broadcast(input.stores().select(STORE_ID))));
  }
}
