package com.posmodern.ai.forecast;

import static com.posmodern.ai.contract.Columns.BRAND;
import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.DEMAND;
import static com.posmodern.ai.contract.Columns.DEPARTMENT;
import static com.posmodern.ai.contract.Columns.DISCONTINUED_ON;
import static com.posmodern.ai.contract.Columns.DISCOUNT_PERCENT;
import static com.posmodern.ai.contract.Columns.ENDS_ON;
import static com.posmodern.ai.contract.Columns.END_KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.KNOWN_FROM;
import static com.posmodern.ai.contract.Columns.LAUNCHED_ON;
import static com.posmodern.ai.contract.Columns.LIST_PRICE;
import static com.posmodern.ai.contract.Columns.ON_PROMOTION;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_NAME;
import static com.posmodern.ai.contract.Columns.REVENUE;
import static com.posmodern.ai.contract.Columns.STARTS_ON;
import static com.posmodern.ai.contract.Columns.STOCK_OUT;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.contract.Columns.UNIT_PRICE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.features.SeriesLife;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Turns rows of days with events into one object per series, by one shuffle of the rows. The days
 * in between, and those that a promotion covers, are made last: they are never shuffled or stored.
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
  private static final String EVERY_STORE = "";

  /** By first and last day, then promotions of every store before those of one. */
  private static final Comparator<Row> PLAN_ORDER =
      Comparator.<Row>comparingInt(plan -> plan.getInt(0))
          .thenComparingInt(plan -> plan.getInt(1))
          .thenComparing(plan -> !plan.isNullAt(2));

  private static final StructType PRODUCT_ROW =
      new StructType()
          .add(PRODUCT_ID, DataTypes.StringType, false)
          .add(HISTORIES, DataTypes.BinaryType, false);

  private SeriesAssembler() {}

  /**
   * One object per store × product whose life reaches into the last days up to the as-of date: from
   * its first sale, or the first of these days, to the as-of date. Products that the product table
   * lacks have empty attributes. Days on which the store was not open, or whose sales are not
   * known, count like days sold out.
   */
  static JavaRDD<Series> assemble(
      ForecastInput input, StoreDays storeDays, int historyDays, int horizonDays) {
    int asOfDay = input.asOfDay();
    int firstDay = asOfDay - historyDays + 1;
    Dataset<Row> histories =
        windowAndBefore(input.dailyDemand(), firstDay, asOfDay)
            .withColumn(
                SORT_KEY,
                xxhash64(col(PRODUCT_ID))
                    .bitwiseAND(lit(ProductHistories.HASH_MASK))
                    .bitwiseOR(col(DAY).cast(DataTypes.LongType)))
            .repartition(col(PRODUCT_ID))
            .sortWithinPartitions(col(SORT_KEY))
            .mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> new ProductHistories(rows, firstDay),
                Encoders.row(PRODUCT_ROW));
    return histories
        .join(attributes(input.products()), PRODUCT_ID_JOIN, "left")
        .join(promotions(input, firstDay, asOfDay + horizonDays), PRODUCT_ID_JOIN, "left")
        .select(
            PRODUCT_ID,
            HISTORIES,
            DEPARTMENT,
            CATEGORY,
            PRODUCT_NAME,
            LIST_PRICE,
            LAUNCHED_ON,
            DISCONTINUED_ON,
            END_KNOWN_FROM,
            PROMOTION_LIST)
        .javaRDD()
        .flatMap(row -> seriesOf(row, storeDays, firstDay, asOfDay));
  }

  /**
   * The days of the window, and one row for all that a series did before: when its last line was,
   * and at what price it sold last.
   */
  private static Dataset<Row> windowAndBefore(Dataset<Row> demand, int firstDay, int asOfDay) {
    // Dates as they are stored, so that Parquet passes over what lies outside.
    Column date = col(BUSINESS_DATE);
    Column from = lit(LocalDate.ofEpochDay(firstDay));
    Column asOf = lit(LocalDate.ofEpochDay(asOfDay));
    Dataset<Row> window =
        demand
            .where(date.between(from, asOf))
            .select(
                col(PRODUCT_ID),
                col(STORE_ID),
                unix_date(date).as(DAY),
                col(DEMAND).cast(DataTypes.FloatType),
                price(col(UNIT_PRICE)),
                col(REVENUE).cast(DataTypes.FloatType),
                flag(col(STOCK_OUT), StoreHistory.STOCK_OUT_FLAG)
                    .plus(flag(col(ON_PROMOTION), StoreHistory.PROMOTION_FLAG))
                    .plus(flag(SeriesLife.isReturn(), StoreHistory.RETURN_FLAG))
                    .as(FLAGS));
    Dataset<Row> before =
        demand
            .where(date.lt(from).and(SeriesLife.isLine()))
            .groupBy(col(PRODUCT_ID), col(STORE_ID))
            .agg(
                unix_date(max(date)).as(DAY),
                max_by(col(UNIT_PRICE), SeriesLife.dayOfSale()).as(UNIT_PRICE))
            .select(
                col(PRODUCT_ID),
                col(STORE_ID),
                col(DAY),
                lit(0f).as(DEMAND),
                price(col(UNIT_PRICE)),
                lit(0f).as(REVENUE),
                lit(StoreHistory.RETURN_FLAG).as(FLAGS));
    return window.unionByName(before);
  }

  private static Column price(Column unitPrice) {
    return coalesce(unitPrice, lit(Double.NaN)).cast(DataTypes.FloatType).as(UNIT_PRICE);
  }

  private static Column flag(Column holds, int bit) {
    return when(holds, bit).otherwise(0);
  }

  /**
   * Attributes as numbers: product_id, department, category, name with brand, list_price, launch
   * and end as days, and the day from which the end was known.
   */
  static Dataset<Row> attributes(Dataset<Row> products) {
    return products
        .select(
            col(PRODUCT_ID),
            col(DEPARTMENT),
            col(CATEGORY),
            concat_ws(" ", col(PRODUCT_NAME), col(BRAND)).as(PRODUCT_NAME),
            coalesce(col(LIST_PRICE).cast(DataTypes.FloatType), lit(Float.NaN)).as(LIST_PRICE),
            coalesce(unix_date(col(LAUNCHED_ON)), lit(Integer.MIN_VALUE)).as(LAUNCHED_ON),
            coalesce(unix_date(col(DISCONTINUED_ON)), lit(Integer.MAX_VALUE)).as(DISCONTINUED_ON),
            coalesce(unix_date(col(END_KNOWN_FROM)), lit(Integer.MIN_VALUE)).as(END_KNOWN_FROM))
        .dropDuplicates(PRODUCT_ID);
  }

  static ProductAttributes attributesOf(Row row) {
    if (row.isNullAt(row.fieldIndex(CATEGORY))) {
      return new ProductAttributes(
          "", "", "", Float.NaN, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.MIN_VALUE);
    }
    return new ProductAttributes(
        row.getAs(DEPARTMENT),
        row.getAs(CATEGORY),
        row.getAs(PRODUCT_NAME),
        row.getAs(LIST_PRICE),
        row.getAs(LAUNCHED_ON),
        row.getAs(DISCONTINUED_ON),
        row.getAs(END_KNOWN_FROM));
  }

  private static final String[] PRODUCT_ID_JOIN = {PRODUCT_ID};

  private static Dataset<Row> promotions(ForecastInput input, int from, int to) {
    Column plan =
        struct(
            unix_date(col(STARTS_ON)).as(STARTS_ON),
            unix_date(col(ENDS_ON)).as(ENDS_ON),
            col(STORE_ID),
            col(DISCOUNT_PERCENT).divide(100).as(DISCOUNT_SHARE),
            coalesce(unix_date(col(KNOWN_FROM)), lit(Integer.MIN_VALUE)).as(KNOWN_FROM));
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
                                    lit(0.0).as(DISCOUNT_SHARE),
                                    lit(0).as(KNOWN_FROM)))
                            .as(PROMOTION_LIST)));
  }

  private static Iterator<Series> seriesOf(
      Row row, StoreDays storeDays, int windowStart, int asOfDay) {
    String productId = row.getAs(PRODUCT_ID);
    ProductAttributes attributes = attributesOf(row);
    Map<String, List<Row>> plans = plansByStore(row);
    List<Series> series = new ArrayList<>();
    for (StoreHistory store : ProductHistories.unpack(row.<byte[]>getAs(HISTORIES))) {
      if (store.lastDay(attributes.discontinuedOn(), asOfDay) >= windowStart) {
        PromotionPlan plan = planOf(store.storeId(), plans);
        Series one = store.toSeries(productId, attributes, plan, asOfDay);
        storeDays.mark(one.storeId(), one.firstDay(), one.stockOut());
        series.add(one);
      }
    }
    if (series.isEmpty()) {
      return series.iterator();
    }
    int firstDay = series.stream().mapToInt(Series::firstDay).min().orElseThrow();
    DailyTotals.Builder sums = new DailyTotals.Builder(firstDay, asOfDay - firstDay + 1);
    series.forEach(one -> sums.add(one.firstDay(), one.demand(), one.stockOut()));
    DailyTotals totals = sums.build();
    SoldElsewhere stores = SoldElsewhere.of(series, asOfDay);
    series.replaceAll(one -> one.withProduct(totals, stores));
    return series.iterator();
  }

  /** Promotions by the store they hold in, those of every store under {@link #EVERY_STORE}. */
  private static Map<String, List<Row>> plansByStore(Row row) {
    List<Row> plans =
        row.isNullAt(row.fieldIndex(PROMOTION_LIST))
            ? List.of()
            : row.getList(row.fieldIndex(PROMOTION_LIST));
    Map<String, List<Row>> byStore = new HashMap<>();
    for (Row plan : plans) {
      String store = plan.isNullAt(2) ? EVERY_STORE : plan.getString(2);
      byStore.computeIfAbsent(store, id -> new ArrayList<>()).add(plan);
    }
    return byStore;
  }

  private static PromotionPlan planOf(String storeId, Map<String, List<Row>> plans) {
    List<Row> held = new ArrayList<>(plans.getOrDefault(EVERY_STORE, List.of()));
    held.addAll(plans.getOrDefault(storeId, List.of()));
    if (held.isEmpty()) {
      return PromotionPlan.NONE;
    }
    // As the list was sorted: of two promotions with one discount the first counts.
    held.sort(PLAN_ORDER);
    float[] discounts = new float[held.size()];
    for (int i = 0; i < discounts.length; i++) {
      discounts[i] = (float) held.get(i).getDouble(3);
    }
    return new PromotionPlan(
        held.stream().mapToInt(plan -> plan.getInt(0)).toArray(),
        held.stream().mapToInt(plan -> plan.getInt(1)).toArray(),
        discounts,
        held.stream().mapToInt(plan -> plan.getInt(4)).toArray());
  }
}
