package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.DISCOUNT_PERCENT;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns daily rows into one object per series, by one shuffle of the rows.
 *
 * <p>Rows are shuffled by product, so that a product's stores meet and its totals cost nothing
 * more. Within a partition they are sorted by one long (hash of the product, then the day): Spark
 * sorts a single long by radix, several times faster than strings. Products whose hashes agree are
 * told apart while reading.
 */
final class SeriesAssembler {
  private static final String SORT_KEY = "sort_key";
  private static final String DAY = "day";
  private static final String FLAGS = "flags";
  private static final String HISTORIES = "histories";
  private static final String PROMOTION_LIST = "promotion_list";
  private static final String DISCOUNT_SHARE = "discount_share";
  private static final StructType PRODUCT_ROW =
      new StructType()
          .add(PRODUCT_ID, DataTypes.StringType, false)
          .add(HISTORIES, DataTypes.BinaryType, false);

  private SeriesAssembler() {}

  /**
   * One object per store × product that appears in the daily demand of the last days up to the
   * as-of date. Products that the product table lacks have empty attributes.
   */
  static JavaRDD<Series> assemble(ForecastInput input, int historyDays, int horizonDays) {
    int asOfDay = input.asOfDay();
    int firstDay = asOfDay - historyDays + 1;
    Column day = unix_date(col(BUSINESS_DATE));
    Column sortKey =
        xxhash64(col(PRODUCT_ID))
            .bitwiseAND(lit(ProductHistories.HASH_MASK))
            .bitwiseOR(day.cast(DataTypes.LongType));
    Dataset<Row> histories =
        input
            .dailyDemand()
            .select(
                col(PRODUCT_ID),
                col(STORE_ID),
                day.as(DAY),
                col(DEMAND).cast(DataTypes.FloatType),
                coalesce(col(UNIT_PRICE), lit(Double.NaN)).cast(DataTypes.FloatType).as(UNIT_PRICE),
                col(REVENUE).cast(DataTypes.FloatType),
                when(col(STOCK_OUT), ProductHistories.STOCK_OUT_FLAG)
                    .otherwise(0)
                    .plus(when(col(ON_PROMOTION), ProductHistories.PROMOTION_FLAG).otherwise(0))
                    .as(FLAGS),
                sortKey.as(SORT_KEY))
            .where(col(DAY).between(firstDay, asOfDay))
            .repartition(col(PRODUCT_ID))
            .sortWithinPartitions(col(SORT_KEY))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> new ProductHistories(rows, asOfDay),
                Encoders.row(PRODUCT_ROW));
    return histories
        .join(attributes(input.products()), PRODUCT_ID_JOIN, "left")
        .join(promotions(input, firstDay, asOfDay + horizonDays), PRODUCT_ID_JOIN, "left")
        .select(
            PRODUCT_ID,
            HISTORIES,
            DEPARTMENT,
            CATEGORY,
            LIST_PRICE,
            LAUNCHED_ON,
            DISCONTINUED_ON,
            PROMOTION_LIST)
        .javaRDD()
        .flatMap(SeriesAssembler::seriesOf);
  }

  /**
   * Attributes as numbers: product_id, department, category, list_price, launch and end as days.
   */
  static Dataset<Row> attributes(Dataset<Row> products) {
    return products
        .select(
            col(PRODUCT_ID),
            col(DEPARTMENT),
            col(CATEGORY),
            coalesce(col(LIST_PRICE).cast(DataTypes.FloatType), lit(Float.NaN)).as(LIST_PRICE),
            coalesce(unix_date(col(LAUNCHED_ON)), lit(Integer.MIN_VALUE)).as(LAUNCHED_ON),
            coalesce(unix_date(col(DISCONTINUED_ON)), lit(Integer.MAX_VALUE)).as(DISCONTINUED_ON))
        .dropDuplicates(PRODUCT_ID);
  }

  static ProductAttributes attributesOf(Row row) {
    if (row.isNullAt(row.fieldIndex(CATEGORY))) {
      return new ProductAttributes("", "", Float.NaN, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    return new ProductAttributes(
        row.getAs(DEPARTMENT),
        row.getAs(CATEGORY),
        row.getAs(LIST_PRICE),
        row.getAs(LAUNCHED_ON),
        row.getAs(DISCONTINUED_ON));
  }

  private static final String[] PRODUCT_ID_JOIN = {PRODUCT_ID};

  private static Dataset<Row> promotions(ForecastInput input, int from, int to) {
    Column plan =
        struct(
            unix_date(col(STARTS_ON)).as(STARTS_ON),
            unix_date(col(ENDS_ON)).as(ENDS_ON),
            col(STORE_ID),
            col(DISCOUNT_PERCENT).divide(100).as(DISCOUNT_SHARE));
    return input
        .promotions()
        .map(
            rows ->
                rows.where(unix_date(col(STARTS_ON)).leq(to).and(unix_date(col(ENDS_ON)).geq(from)))
                    .groupBy(PRODUCT_ID)
                    .agg(sort_array(collect_list(plan)).as(PROMOTION_LIST)))
        .orElseGet(
            () ->
                input
                    .products()
                    .limit(0)
                    .groupBy(PRODUCT_ID)
                    .agg(
                        collect_list(
                                struct(
                                    lit(0).as(STARTS_ON),
                                    lit(0).as(ENDS_ON),
                                    lit("").as(STORE_ID),
                                    lit(0.0).as(DISCOUNT_SHARE)))
                            .as(PROMOTION_LIST)));
  }

  private static Iterator<Series> seriesOf(Row row) {
    String productId = row.getAs(PRODUCT_ID);
    List<ProductHistories.StoreHistory> stores =
        ProductHistories.unpack(row.<byte[]>getAs(HISTORIES));
    int firstDay =
        stores.stream().mapToInt(ProductHistories.StoreHistory::firstDay).min().orElseThrow();
    int days = stores.get(0).firstDay() + stores.get(0).demand().length - firstDay;
    DailyTotals.Builder totals = new DailyTotals.Builder(firstDay, days);
    stores.forEach(store -> totals.add(store.firstDay(), store.demand(), store.stockOut()));
    DailyTotals product = totals.build();
    ProductAttributes attributes = attributesOf(row);
    List<Row> plans =
        row.isNullAt(row.fieldIndex(PROMOTION_LIST))
            ? List.of()
            : row.getList(row.fieldIndex(PROMOTION_LIST));
    List<Series> series = new ArrayList<>(stores.size());
    for (ProductHistories.StoreHistory store : stores) {
      series.add(
          new Series(
              store.storeId(),
              productId,
              attributes,
              store.firstDay(),
              store.demand(),
              store.price(),
              store.revenue(),
              store.stockOut(),
              store.onPromotion(),
              planOf(store.storeId(), plans),
              product));
    }
    return series.iterator();
  }

  private static PromotionPlan planOf(String storeId, List<Row> plans) {
    List<Row> held =
        plans.stream()
            .filter(plan -> plan.isNullAt(2) || plan.getString(2).equals(storeId))
            .toList();
    if (held.isEmpty()) {
      return PromotionPlan.NONE;
    }
    float[] discounts = new float[held.size()];
    for (int i = 0; i < discounts.length; i++) {
      discounts[i] = (float) held.get(i).getDouble(3);
    }
    return new PromotionPlan(
        held.stream().mapToInt(plan -> plan.getInt(0)).toArray(),
        held.stream().mapToInt(plan -> plan.getInt(1)).toArray(),
        discounts);
  }
}
