package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.testing.SparkTest;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RankingMetricsTest {

  /**
   * Customer 1 bought products 101, 103 and 999 and finds the first two at ranks 1 and 3; customer
   * 2 bought product 112 only, at rank 12; customer 3 bought something and has no list.
   */
  @Test
  void equalsTheValuesWorkedOutByHand() {
    List<Row> lists = new ArrayList<>();
    for (int rank = 1; rank <= 20; rank++) {
      lists.add(RowFactory.create("als", 1, rank, 100 + rank));
      lists.add(RowFactory.create("als", 2, rank, 100 + rank));
    }
    Row metrics =
        RankingMetrics.of(
                lists(lists),
                bought(new int[][] {{1, 101}, {1, 103}, {1, 999}, {2, 112}, {3, 101}}),
                20,
                40)
            .first();

    assertThat(value(metrics, "precision@10")).isCloseTo((2 / 10.0 + 0 + 0) / 3, within(1e-12));
    assertThat(value(metrics, "recall@10")).isCloseTo((2 / 3.0 + 0 + 0) / 3, within(1e-12));
    assertThat(value(metrics, "recall@20")).isCloseTo((2 / 3.0 + 1 + 0) / 3, within(1e-12));
    double ideal = 1 + 1 / log2(3) + 1 / log2(4);
    assertThat(value(metrics, "ndcg@10")).isCloseTo((1 + 1 / log2(4)) / ideal / 3, within(1e-12));
    assertThat(value(metrics, "map")).isCloseTo(((1 + 2 / 3.0) / 3 + 1 / 12.0) / 3, within(1e-12));
    assertThat(value(metrics, "catalogue_coverage")).isEqualTo(0.5);
  }

  @Test
  void perfectListsScoreOne() {
    Row metrics =
        RankingMetrics.of(
                lists(
                    List.of(RowFactory.create("als", 1, 1, 5), RowFactory.create("als", 1, 2, 6))),
                bought(new int[][] {{1, 5}, {1, 6}}),
                20,
                2)
            .first();
    assertThat(value(metrics, "recall@10")).isEqualTo(1);
    assertThat(value(metrics, "ndcg@10")).isEqualTo(1);
    assertThat(value(metrics, "map")).isEqualTo(1);
  }

  private static double value(Row metrics, String name) {
    return metrics.<Double>getAs(name);
  }

  private static double log2(double x) {
    return Math.log(x) / Math.log(2);
  }

  private static Dataset<Row> lists(List<Row> rows) {
    return SparkTest.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(CANDIDATE, DataTypes.StringType)
                .add(CUSTOMER_INDEX, DataTypes.IntegerType)
                .add(RANK, DataTypes.IntegerType)
                .add(PRODUCT_INDEX, DataTypes.IntegerType));
  }

  private static Dataset<Row> bought(int[][] pairs) {
    List<Row> rows = new ArrayList<>();
    for (int[] pair : pairs) {
      rows.add(RowFactory.create(pair[0], pair[1]));
    }
    return SparkTest.session()
        .createDataFrame(
            rows,
            new StructType()
                .add(CUSTOMER_INDEX, DataTypes.IntegerType)
                .add(PRODUCT_INDEX, DataTypes.IntegerType));
  }
}
