package com.posmodern.ai.behaviour.sequence;

import static com.posmodern.ai.contract.Columns.BUSINESS_DATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.INTERACTION_ID;
import static com.posmodern.ai.contract.Columns.KIND;
import static com.posmodern.ai.contract.Columns.LINE_NO;
import static com.posmodern.ai.contract.Columns.OCCURRED_AT;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.QUANTITY;
import static com.posmodern.ai.contract.Columns.SALE_ID;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_timestamp;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.config.BehaviourSettings.NextProductSettings;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.storage.StorageLevel;

/**
 * Products in the order in which they came, each once.
 *
 * @param rows {@link #SEQUENCE}, {@link #CUSTOMER}, {@link #DAY}, {@link #PRODUCTS}: an array of at
 *     most {@code max_products}
 * @param order whether the places in the array mean anything
 */
public record Sequences(Dataset<Row> rows, Order order) implements AutoCloseable {
  static final String SEQUENCE = "sequence";
  static final String CUSTOMER = "customer";
  static final String DAY = "day";
  static final String PRODUCTS = "products";

  private static final String STEPS = "steps";
  private static final String PLACE = "place";
  private static final String OPENS = "opens";

  /** With fewer steps than this nobody can tell whether they were sorted. */
  private static final int STEPS_TO_TELL = 20;

  /** With more than this share of steps to a higher (or to a lower) id the lines were sorted. */
  private static final double SORTED_SHARE = 0.9;

  /** What the place of a product in its sequence says. */
  public enum Order {
    /** The order in which it was scanned or looked at. */
    SEEN,
    /** Nothing: products are in an order by hash. */
    NONE
  }

  /**
   * Receipts as sequences in the order of their lines. Many systems export a receipt's lines sorted
   * by product; learning from that order would predict the sorting, not the customer. Such lines
   * are put in an order by hash instead.
   *
   * @param sales sale_id, line_no, customer_id, product_id, quantity, business_date; returned lines
   *     are ignored
   */
  public static Sequences ofBaskets(
      Dataset<Row> sales, LocalDate asOf, NextProductSettings settings) {
    Dataset<Row> receipts =
        sales
            .where(col(QUANTITY).gt(0).and(recent(col(BUSINESS_DATE), asOf, settings)))
            .groupBy(col(SALE_ID).as(SEQUENCE))
            .agg(
                max(CUSTOMER_ID).as(CUSTOMER),
                max(BUSINESS_DATE).as(DAY),
                collect_list(struct(col(LINE_NO).as(PLACE), col(PRODUCT_ID))).as(STEPS))
            .select(
                col(SEQUENCE),
                coalesce(col(CUSTOMER), col(SEQUENCE)).as(CUSTOMER),
                col(DAY),
                inOrder(STEPS).as(PRODUCTS));
    Order order = sorted(receipts) ? Order.NONE : Order.SEEN;
    Dataset<Row> placed = order == Order.SEEN ? receipts : byHash(receipts);
    return new Sequences(cut(placed, settings), order);
  }

  /**
   * What customers looked at, clicked or put into a cart, a session of a customer each.
   *
   * @param interactions interaction_id, customer_id, product_id, kind, occurred_at of customers who
   *     may be profiled
   */
  public static Sequences ofSessions(
      Dataset<Row> interactions, LocalDate asOf, NextProductSettings settings) {
    WindowSpec own = Window.partitionBy(CUSTOMER_ID).orderBy(col(OCCURRED_AT), col(INTERACTION_ID));
    Column seconds = unix_timestamp(col(OCCURRED_AT));
    Column pause = seconds.minus(lag(seconds, 1).over(own));
    Column session = sum(OPENS).over(own);
    Dataset<Row> sessions =
        interactions
            .where(col(KIND).isin("view", "click", "cart"))
            .where(recent(to_date(col(OCCURRED_AT)), asOf, settings))
            .withColumn(
                OPENS,
                when(coalesce(pause, lit(Long.MAX_VALUE)).gt(60L * settings.sessionMinutes()), 1)
                    .otherwise(0))
            .withColumn(SEQUENCE, concat_ws("/", col(CUSTOMER_ID), session))
            .groupBy(col(SEQUENCE), col(CUSTOMER_ID).as(CUSTOMER))
            .agg(
                max(to_date(col(OCCURRED_AT))).as(DAY),
                collect_list(
                        struct(col(OCCURRED_AT).as(PLACE), col(INTERACTION_ID), col(PRODUCT_ID)))
                    .as(STEPS))
            .select(col(SEQUENCE), col(CUSTOMER), col(DAY), inOrder(STEPS).as(PRODUCTS));
    return new Sequences(cut(sessions, settings), Order.SEEN);
  }

  /** The same, kept until closed: the lists read them several times. */
  public Sequences kept() {
    return new Sequences(rows.persist(StorageLevel.MEMORY_AND_DISK()), order);
  }

  @Override
  public void close() {
    rows.unpersist();
  }

  private static Column recent(Column day, LocalDate asOf, NextProductSettings settings) {
    return day.gt(lit(asOf.minusDays(settings.days()))).and(day.leq(lit(asOf)));
  }

  /** The products of sorted steps, each at its first place. */
  private static Column inOrder(String steps) {
    return expr("array_distinct(sort_array(%s).%s)".formatted(steps, PRODUCT_ID));
  }

  private static boolean sorted(Dataset<Row> receipts) {
    Column ascending =
        expr(
            ("aggregate(zip_with(slice(%1$s, 1, size(%1$s) - 1), slice(%1$s, 2, size(%1$s)), "
                    + "(one, next) -> if(one < next, 1L, 0L)), 0L, (all, step) -> all + step)")
                .formatted(PRODUCTS));
    Row steps =
        receipts
            .where(size(col(PRODUCTS)).gt(2))
            .agg(sum(size(col(PRODUCTS)).minus(1)), sum(ascending))
            .head();
    if (steps.isNullAt(0) || steps.getLong(0) < STEPS_TO_TELL) {
      return false;
    }
    double share = (double) steps.getLong(1) / steps.getLong(0);
    return share > SORTED_SHARE || share < 1 - SORTED_SHARE;
  }

  private static Dataset<Row> byHash(Dataset<Row> receipts) {
    return receipts.withColumn(
        PRODUCTS,
        expr(
            "transform(sort_array(transform(%1$s, one -> struct(xxhash64(%2$s, one) as h, one as p))), one -> one.p)"
                .formatted(PRODUCTS, SEQUENCE)));
  }

  private static Dataset<Row> cut(Dataset<Row> rows, NextProductSettings settings) {
    return rows.withColumn(
        PRODUCTS, expr("slice(%s, 1, %d)".formatted(PRODUCTS, settings.maxProducts())));
  }
}
