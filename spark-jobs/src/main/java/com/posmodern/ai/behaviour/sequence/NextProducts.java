package com.posmodern.ai.behaviour.sequence;

import static com.posmodern.ai.behaviour.sequence.Sequences.CUSTOMER;
import static com.posmodern.ai.behaviour.sequence.Sequences.DAY;
import static com.posmodern.ai.behaviour.sequence.Sequences.PRODUCTS;
import static com.posmodern.ai.contract.Columns.NEXT_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PREVIOUS_PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.SCORE;
import static com.posmodern.ai.contract.Columns.SHARE;
import static com.posmodern.ai.contract.Columns.SUPPORT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.posmodern.ai.behaviour.sequence.Sequences.Order;
import com.posmodern.ai.config.BehaviourSettings.NextProductSettings;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.storage.StorageLevel;

/**
 * The products that come next after one product, after two, and at the start.
 *
 * <p>A Markov chain of first order whose counts reach further than one step: a product that comes d
 * places later counts {@value #STEP_DECAY}^(d-1), and one anywhere in the same sequence {@value
 * #TOGETHER}, both over the square root of the sequence's length, as a long basket says less about
 * each pair. A chain on single steps alone is too sparse for a till (Ludewig and Jannach,
 * Evaluation of session-based recommendation algorithms, 2018). Scores are damped by how often both
 * products occur, so that what sells anyway does not lead every list. The second order adds the
 * same score of what followed both products one after the other to the first order's of each.
 */
public final class NextProducts implements AutoCloseable {
  /** Stands for no product, in the lists of the first order and of the start. */
  public static final String ANY = "ANY";

  /** What the product before the last counts beside the last. */
  public static final double RECENCY = 0.9;

  static final double STEP_DECAY = 0.7;
  static final double TOGETHER = 0.3;

  /** Of a second-order step, products up to so many places later follow it. */
  private static final int REACH = 3;

  /** How much a score is damped by the frequency of what came before and of what comes next. */
  private static final double DAMPING = 0.7;

  /** Added to every frequency: a product seen once is not twice as telling as one seen twice. */
  private static final int PRIOR = 5;

  private static final String TIMES = "times";
  private static final String NEXT_TIMES = "next_times";
  private static final String WEIGHT = "weight";
  private static final String PLACE = "place";
  private static final String NEXT_PLACE = "next_place";
  private static final String LENGTH = "length";
  private static final String[] CONTEXT = {PREVIOUS_PRODUCT_ID, PRODUCT_ID};

  private final Sequences sequences;
  private final NextProductSettings settings;

  /** Each product, and how many sequences it is in: kept, as every list needs it. */
  private final Dataset<Row> times;

  /** Those that may come next. */
  private final Dataset<Row> next;

  /** The lists after one product: kept, as each list after two products is made of two of them. */
  private final Dataset<Row> first;

  private NextProducts(
      Sequences sequences, Dataset<Row> offered, LocalDate asOf, NextProductSettings settings) {
    this.sequences = sequences;
    this.settings = settings;
    this.times =
        sequences
            .rows()
            .select(col(DAY), col(CUSTOMER), explode(col(PRODUCTS)).as(PRODUCT_ID))
            .groupBy(PRODUCT_ID)
            .agg(count(lit(1)).as(TIMES), max(DAY).as(DAY), customers())
            .persist(StorageLevel.MEMORY_AND_DISK());
    this.next =
        times
            .where(col(DAY).gt(lit(asOf.minusDays(settings.stockedDays()))))
            .where(enoughCustomers())
            .join(offered, new String[] {PRODUCT_ID}, "left_semi")
            .select(col(PRODUCT_ID).as(NEXT_PRODUCT_ID), col(TIMES).as(NEXT_TIMES));
    this.first = best(first()).persist(StorageLevel.MEMORY_AND_DISK());
  }

  /**
   * The lists of some sequences; to be closed when they are written.
   *
   * @param offered product_id of the products that may be offered to everybody
   */
  public static NextProducts of(
      Sequences sequences, Dataset<Row> offered, LocalDate asOf, NextProductSettings settings) {
    return new NextProducts(sequences, offered, asOf, settings);
  }

  /**
   * One row per list and rank.
   *
   * @return previous_product_id, product_id, rank, next_product_id, score, support (sequences),
   *     share (of the sequences with what came before)
   */
  public Dataset<Row> lists() {
    Dataset<Row> all = best(start()).unionByName(first);
    return sequences.order() == Order.SEEN ? all.unionByName(best(second())) : all;
  }

  @Override
  public void close() {
    first.unpersist();
    times.unpersist();
  }

  /** What is bought or looked at most, for the first product. */
  private Dataset<Row> start() {
    Dataset<Row> all = sequences.rows().agg(count(lit(1)).as(TIMES));
    Column share = col(NEXT_TIMES).divide(col(TIMES));
    return next.crossJoin(broadcast(all))
        .where(col(NEXT_TIMES).geq(settings.minSupport()))
        .orderBy(col(NEXT_TIMES).desc(), col(NEXT_PRODUCT_ID))
        .limit(settings.listLength())
        .select(
            lit(ANY).as(PREVIOUS_PRODUCT_ID),
            lit(ANY).as(PRODUCT_ID),
            col(NEXT_PRODUCT_ID),
            share.as(SCORE),
            col(NEXT_TIMES).as(SUPPORT),
            share.as(SHARE));
  }

  private Dataset<Row> first() {
    Column gap = col(NEXT_PLACE).minus(col(PLACE));
    Column near =
        sequences.order() == Order.SEEN
            ? when(gap.gt(0), pow(lit(STEP_DECAY), gap.minus(1)).plus(TOGETHER)).otherwise(TOGETHER)
            : lit(1.0);
    return places()
        .select(
            col(PRODUCT_ID),
            col(CUSTOMER),
            col(PLACE),
            col(LENGTH),
            posexplode(col(PRODUCTS)).as(new String[] {NEXT_PLACE, NEXT_PRODUCT_ID}))
        .where(gap.notEqual(0))
        .groupBy(PRODUCT_ID, NEXT_PRODUCT_ID)
        .agg(
            sum(near.divide(sqrt(col(LENGTH).minus(1)))).as(WEIGHT),
            count(lit(1)).as(SUPPORT),
            customers())
        .where(col(SUPPORT).geq(settings.minSupport()).and(enoughCustomers()))
        .join(next, NEXT_PRODUCT_ID)
        .join(times.drop(DAY, CUSTOMER), PRODUCT_ID)
        .select(
            lit(ANY).as(PREVIOUS_PRODUCT_ID),
            col(PRODUCT_ID),
            col(NEXT_PRODUCT_ID),
            damped().as(SCORE),
            col(SUPPORT),
            col(SUPPORT).divide(col(TIMES)).as(SHARE));
  }

  private Dataset<Row> second() {
    Dataset<Row> steps =
        places()
            .where(col(PLACE).gt(0))
            .withColumn(PREVIOUS_PRODUCT_ID, expr(PRODUCTS + "[" + PLACE + " - 1]"));
    Dataset<Row> stepTimes =
        steps
            .groupBy(PREVIOUS_PRODUCT_ID, PRODUCT_ID)
            .agg(count(lit(1)).as(TIMES))
            .where(col(TIMES).geq(settings.minPairSupport()));
    Dataset<Row> followed =
        steps
            .select(
                col(PREVIOUS_PRODUCT_ID),
                col(PRODUCT_ID),
                col(CUSTOMER),
                col(LENGTH),
                posexplode(expr("slice(%s, %s + 2, %d)".formatted(PRODUCTS, PLACE, REACH)))
                    .as(new String[] {NEXT_PLACE, NEXT_PRODUCT_ID}))
            .groupBy(PREVIOUS_PRODUCT_ID, PRODUCT_ID, NEXT_PRODUCT_ID)
            .agg(
                sum(pow(lit(STEP_DECAY), col(NEXT_PLACE)).divide(sqrt(col(LENGTH).minus(1))))
                    .as(WEIGHT),
                count(lit(1)).as(SUPPORT),
                customers())
            .where(col(SUPPORT).geq(settings.minPairSupport()).and(enoughCustomers()))
            .join(next, NEXT_PRODUCT_ID)
            .join(stepTimes, CONTEXT)
            .select(
                col(PREVIOUS_PRODUCT_ID),
                col(PRODUCT_ID),
                col(NEXT_PRODUCT_ID),
                damped().as(SCORE),
                col(SUPPORT),
                col(SUPPORT).divide(col(TIMES)).as(SHARE));
    Dataset<Row> pairs = followed.select(PREVIOUS_PRODUCT_ID, PRODUCT_ID).distinct();
    return followed
        .unionByName(backOff(pairs, PRODUCT_ID, 1))
        .unionByName(backOff(pairs, PREVIOUS_PRODUCT_ID, RECENCY))
        .where(
            col(NEXT_PRODUCT_ID)
                .notEqual(col(PRODUCT_ID))
                .and(col(NEXT_PRODUCT_ID).notEqual(col(PREVIOUS_PRODUCT_ID))))
        .groupBy(PREVIOUS_PRODUCT_ID, PRODUCT_ID, NEXT_PRODUCT_ID)
        .agg(sum(SCORE).as(SCORE), max(SUPPORT).as(SUPPORT), max(SHARE).as(SHARE));
  }

  /** The first order's list of one of the two products; it has no support by both. */
  private Dataset<Row> backOff(Dataset<Row> pairs, String product, double weight) {
    Dataset<Row> lists =
        first.select(
            col(PRODUCT_ID).as(product),
            col(NEXT_PRODUCT_ID),
            col(SCORE).multiply(weight).as(SCORE));
    return pairs
        .join(lists, product)
        .select(
            col(PREVIOUS_PRODUCT_ID),
            col(PRODUCT_ID),
            col(NEXT_PRODUCT_ID),
            col(SCORE),
            lit(0L).as(SUPPORT),
            lit(0.0).as(SHARE));
  }

  /** One row per product of a sequence with more than one, with all of them. */
  private Dataset<Row> places() {
    return sequences
        .rows()
        .where(size(col(PRODUCTS)).gt(1))
        .select(
            col(CUSTOMER),
            col(PRODUCTS),
            size(col(PRODUCTS)).as(LENGTH),
            posexplode(col(PRODUCTS)).as(new String[] {PLACE, PRODUCT_ID}));
  }

  private static Column customers() {
    return count_distinct(col(CUSTOMER)).as(CUSTOMER);
  }

  private Column enoughCustomers() {
    return col(CUSTOMER).geq(settings.minCustomers());
  }

  private static Column damped() {
    return col(WEIGHT)
        .divide(pow(col(TIMES).plus(PRIOR), DAMPING))
        .divide(pow(col(NEXT_TIMES).plus(PRIOR), 1 - DAMPING));
  }

  private Dataset<Row> best(Dataset<Row> scored) {
    // The last bits depend on the order of addition; a second run must give equal rows.
    return scored
        .withColumn(SCORE, round(col(SCORE), 9))
        .withColumn(
            RANK,
            row_number()
                .over(
                    Window.partitionBy(PREVIOUS_PRODUCT_ID, PRODUCT_ID)
                        .orderBy(col(SCORE).desc(), col(NEXT_PRODUCT_ID))))
        .where(col(RANK).leq(settings.listLength()));
  }
}
