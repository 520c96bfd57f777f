package com.posmodern.ai.recommend.rank;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.STORE_ID;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import com.posmodern.ai.config.RecommendSettings;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The customers' histories, one row per customer, made with one shuffle; persisted until closed.
 */
public final class Histories implements AutoCloseable {
  private static final String PURCHASES = "purchases";
  private static final String AGE_ON_RECORD = "age_on_record";
  private static final String STORE_INDEX = "store_index";
  private static final long SLICES = 1_000_000;

  private final Dataset<Row> rows;
  private final RecommendSettings settings;
  private final long customers;

  /**
   * Reads the purchases of every identified customer within the configured days.
   *
   * @param sales customer_id, product_id, store_id, business_date, quantity, of customers who
   *     agreed to profiling; returns and later sales are ignored
   */
  public Histories(
      Dataset<Row> sales, Products products, LocalDate asOf, RecommendSettings settings) {
    this.settings = settings;
    LocalDate first = asOf.minusDays(settings.ranker().historyDays());
    this.rows =
        sales
            .where(
                col(CUSTOMER_ID)
                    .isNotNull()
                    .and(col(QUANTITY).gt(0))
                    .and(col(BUSINESS_DATE).leq(lit(asOf)))
                    .and(col(BUSINESS_DATE).gt(lit(first))))
            .join(broadcast(products.productIndex(sales.sparkSession())), PRODUCT_ID)
            .join(broadcast(products.storeIndex(sales.sparkSession(), STORE_INDEX)), STORE_ID)
            .groupBy(CUSTOMER_ID)
            .agg(
                collect_set(
                        expr(
                            PurchaseHistory.packed(
                                "unix_date(" + BUSINESS_DATE + ")", PRODUCT_INDEX, STORE_INDEX)))
                    .as(PURCHASES))
            .persist(StorageLevel.MEMORY_AND_DISK());
    this.customers = rows.count();
  }

  /** Number of identified customers with a purchase. */
  public long customers() {
    return customers;
  }

  /**
   * All customers, distributed.
   *
   * @param withAge customer_id of those whose age is on record; empty when no rule asks for it
   */
  JavaRDD<Shopper> all(Optional<Dataset<Row>> withAge) {
    int most = settings.ranker().maxPurchases();
    return withAge
        .map(
            known ->
                rows.join(
                    known.select(col(CUSTOMER_ID), lit(true).as(AGE_ON_RECORD)).distinct(),
                    new String[] {CUSTOMER_ID},
                    "left"))
        .orElseGet(() -> rows.withColumn(AGE_ON_RECORD, lit(true)))
        .toJavaRDD()
        .map(row -> new Shopper(history(row, most), !row.isNullAt(2)));
  }

  /** A customer with purchases, and whether the date of birth is on record. */
  record Shopper(PurchaseHistory history, boolean ageOnRecord) implements Serializable {}

  /**
   * A bounded number of customers, sampled by a hash of the id so that every night samples the same
   * ones; ordered by id.
   */
  List<PurchaseHistory> pool() {
    int most = settings.ranker().maxPurchases();
    return drawn().collectAsList().stream()
        .map(row -> history(row, most))
        .sorted(Comparator.comparing(PurchaseHistory::customer))
        .toList();
  }

  /** The rows of the pool's customers: customer_id first. */
  Dataset<Row> drawn() {
    double share = settings.ranker().poolCustomers() / (double) Math.max(1, customers);
    return share >= 1
        ? rows
        : rows.where(
            pmod(xxhash64(col(CUSTOMER_ID), lit(settings.seed())), lit(SLICES))
                .lt(Math.round(share * SLICES)));
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static PurchaseHistory history(Row row, int most) {
    List<Long> packed = row.getList(1);
    return PurchaseHistory.of(
        row.getString(0), packed.stream().mapToLong(Long::longValue).toArray(), most);
  }
}
