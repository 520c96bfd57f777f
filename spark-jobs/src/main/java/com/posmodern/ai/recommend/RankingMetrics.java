package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.CANDIDATE;
import static com.posmodern.ai.contract.Columns.CUSTOMER_INDEX;
import static com.posmodern.ai.contract.Columns.PRODUCT_INDEX;
import static com.posmodern.ai.contract.Columns.RANK;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How good ranked lists are against what the customers then bought (Manning, Raghavan and Schütze
 * 2008, chapter 8).
 *
 * <p>Averages over every customer with a purchase in the holdout, also those without a list.
 * Average precision and the ideal DCG count at most as many relevant products as the list is long.
 */
public final class RankingMetrics {
  public static final String PRECISION_10 = "precision@10";
  public static final String RECALL_10 = "recall@10";
  public static final String RECALL_20 = "recall@20";
  public static final String NDCG_10 = "ndcg@10";
  public static final String MAP = "map";
  public static final String COVERAGE = "catalogue_coverage";

  private static final String HITS = "hits";
  private static final String RELEVANT = "relevant";
  private static final String JUDGED = "judged";

  private RankingMetrics() {}

  /**
   * Judges every candidate at once.
   *
   * @param lists candidate, customer_index, rank, product_index
   * @param bought customer_index, product_index: each pair of the holdout once; its customers are
   *     the ones judged
   * @param listLength longest list, the cut of MAP
   * @param offered number of products that may be offered
   * @return one row per candidate with a column per metric
   */
  public static Dataset<Row> of(
      Dataset<Row> lists, Dataset<Row> bought, int listLength, long offered) {
    Dataset<Row> relevant = bought.groupBy(CUSTOMER_INDEX).agg(count(PRODUCT_INDEX).as(RELEVANT));
    Dataset<Row> judged = relevant.agg(count(lit(1)).as(JUDGED));
    Dataset<Row> averages =
        lists
            .join(bought, new String[] {CUSTOMER_INDEX, PRODUCT_INDEX})
            .groupBy(CANDIDATE, CUSTOMER_INDEX)
            .agg(sort_array(collect_list(RANK)).as(HITS))
            .join(relevant, CUSTOMER_INDEX)
            .crossJoin(judged)
            .groupBy(CANDIDATE)
            .agg(
                average(hitsWithin(10).divide(10)).as(PRECISION_10),
                average(hitsWithin(10).divide(col(RELEVANT))).as(RECALL_10),
                average(hitsWithin(20).divide(col(RELEVANT))).as(RECALL_20),
                average(gain(10)).as(NDCG_10),
                average(averagePrecision(listLength)).as(MAP));
    Dataset<Row> coverage =
        lists
            .groupBy(CANDIDATE)
            .agg(countDistinct(PRODUCT_INDEX).divide(lit(Math.max(1, offered))).as(COVERAGE));
    return coverage.join(averages, new String[] {CANDIDATE}, "left").na().fill(0.0);
  }

  /** Over every customer judged: those without a hit add nothing to the sum. */
  private static Column average(Column value) {
    return sum(value).divide(first(col(JUDGED)));
  }

  private static Column hitsWithin(int k) {
    return expr("size(filter(%s, r -> r <= %d))".formatted(HITS, k));
  }

  private static Column gain(int k) {
    return expr(
        """
        aggregate(filter(%1$s, r -> r <= %3$d), 0d, (sum, r) -> sum + 1 / log2(r + 1))
          / aggregate(sequence(1, cast(least(%2$s, %3$d) AS int)), 0d,
                      (sum, r) -> sum + 1 / log2(r + 1))
        """
            .formatted(HITS, RELEVANT, k));
  }

  private static Column averagePrecision(int k) {
    return expr(
        """
        aggregate(transform(filter(%1$s, r -> r <= %3$d), (r, i) -> (i + 1) / r), 0d,
                  (sum, p) -> sum + p)
          / least(%2$s, %3$d)
        """
            .formatted(HITS, RELEVANT, k));
  }
}
