package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.CATEGORY;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.FACTORS;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.RANK;
import static com.posmodern.ai.contract.Columns.SCORE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Best products per customer by blocked matrix multiplication.
 *
 * <p>Customers and products are cut into blocks, every pair of blocks is multiplied where it meets,
 * and only each customer's bounded list leaves the block. Nothing is collected and no score matrix
 * exists as a whole; MLlib's {@code recommendForAllUsers} does the same with rows and a priority
 * queue of objects, at a multiple of the time, and knows neither rules nor a blend.
 */
public final class BlockedRanking {
  /** Array of (product index, score in 0 to 1) that a customer bought. */
  public static final String PURCHASED = "purchased";

  private static final int CUSTOMERS_PER_BLOCK = 4096;
  private static final int PRODUCTS_PER_BLOCK = 4096;

  private BlockedRanking() {}

  /**
   * What bounds a list.
   *
   * @param listLength longest list
   * @param maxPerCategory most products of one category in it
   * @param excludePurchased leaves out what the customer bought
   */
  public record Limits(int listLength, int maxPerCategory, boolean excludePurchased)
      implements Serializable {}

  /**
   * One row per mixture, customer and rank.
   *
   * @param customers customer_index, factors (nullable), {@link #PURCHASED} (nullable); one row per
   *     customer
   * @param products only what may be offered: product_index, factors (nullable), category, score
   *     (popularity, 0 to 1); one row per product
   * @return candidate, customer_index, rank (from 1), product_index, score
   */
  public static Dataset<Row> rank(
      Dataset<Row> customers, Dataset<Row> products, List<Mixture> mixtures, Limits limits) {
    BlockScorer scorer = new BlockScorer(mixtures, limits);
    int partitions =
        Math.max(
            customers.sparkSession().sparkContext().defaultParallelism(),
            customers.sparkSession().sessionState().conf().numShufflePartitions());
    JavaRDD<CustomerBlock> customerBlocks =
        customers
            .select(CUSTOMER_INDEX, FACTORS, PURCHASED)
            .repartition(partitions, col(CUSTOMER_INDEX))
            .toJavaRDD()
            .mapPartitions(Chunks::new);
    JavaRDD<Row> rows =
        customerBlocks
            .cartesian(blocks(products))
            .flatMapToPair(pair -> scorer.lists(pair._1(), pair._2()))
            .reduceByKey(BlockedRanking::merge, partitions)
            .flatMap(pair -> rows(pair, mixtures));
    return customers.sparkSession().createDataFrame(rows, schema());
  }

  /** In one partition: a stream of blocks that every task of customers reads block by block. */
  private static JavaRDD<ProductBlock> blocks(Dataset<Row> products) {
    JavaPairRDD<Integer, Row> keyed =
        products
            .select(
                col(PRODUCT_INDEX),
                col(FACTORS),
                xxhash64(col(CATEGORY)),
                coalesce(col(SCORE), lit(0.0)))
            .toJavaRDD()
            .mapToPair(row -> new Tuple2<>(row.getInt(0) / PRODUCTS_PER_BLOCK, row));
    return keyed
        .groupByKey(1)
        .values()
        .map(
            group -> {
              List<Row> rows = new ArrayList<>();
              group.forEach(rows::add);
              return new ProductBlock(rows);
            });
  }

  private static BestList[] merge(BestList[] left, BestList[] right) {
    for (int i = 0; i < left.length; i++) {
      left[i].merge(right[i]);
    }
    return left;
  }

  private static Iterator<Row> rows(Tuple2<Integer, BestList[]> customer, List<Mixture> mixtures) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < mixtures.size(); i++) {
      BestList list = customer._2()[i];
      for (int place = 0; place < list.size(); place++) {
        rows.add(
            RowFactory.create(
                mixtures.get(i).name(),
                customer._1(),
                place + 1,
                list.product(place),
                list.score(place)));
      }
    }
    return rows.iterator();
  }

  private static StructType schema() {
    return new StructType()
        .add(CANDIDATE, DataTypes.StringType, false)
        .add(CUSTOMER_INDEX, DataTypes.IntegerType, false)
        .add(RANK, DataTypes.IntegerType, false)
        .add(PRODUCT_INDEX, DataTypes.IntegerType, false)
        .add(SCORE, DataTypes.DoubleType, false);
  }

  /** A partition's rows in blocks, one block in memory at a time. */
  private static final class Chunks implements Iterator<CustomerBlock> {
    private final Iterator<Row> rows;

    Chunks(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public CustomerBlock next() {
      if (!rows.hasNext()) {
        throw new NoSuchElementException();
      }
      List<Row> chunk = new ArrayList<>();
      while (rows.hasNext() && chunk.size() < CUSTOMERS_PER_BLOCK) {
        chunk.add(rows.next());
      }
      return new CustomerBlock(chunk);
    }
  }
}
