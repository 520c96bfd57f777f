package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.recommend.BlockedRanking.Limits;
import com.posmodern.ai.testing.SparkTest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class BlockedRankingTest {
  private static final StructType PURCHASE =
      new StructType().add(PRODUCT_INDEX, DataTypes.IntegerType).add(SCORE, DataTypes.DoubleType);
  private static final StructType CUSTOMER =
      new StructType()
          .add(CUSTOMER_INDEX, DataTypes.IntegerType)
          .add(FACTORS, DataTypes.createArrayType(DataTypes.FloatType))
          .add(BlockedRanking.PURCHASED, DataTypes.createArrayType(PURCHASE));
  private static final StructType PRODUCT =
      new StructType()
          .add(PRODUCT_INDEX, DataTypes.IntegerType)
          .add(FACTORS, DataTypes.createArrayType(DataTypes.FloatType))
          .add(CATEGORY, DataTypes.StringType)
          .add(SCORE, DataTypes.DoubleType);

  private final Random random = new Random(11);

  /** Two product blocks, several tiles of customers, and factors coarse enough for many ties. */
  @Test
  void equalsSortingEveryProductOfEveryCustomer() {
    List<Row> customers = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      customers.add(
          RowFactory.create(
              i,
              i % 10 == 0 ? null : vector(3),
              i % 7 == 0
                  ? null
                  : List.of(RowFactory.create(i, 0.5), RowFactory.create(4000 + i, 1.0))));
    }
    List<Row> products = new ArrayList<>();
    for (int i = 0; i < 4300; i++) {
      products.add(RowFactory.create(i, vector(3), "category" + random.nextInt(5), i % 4 / 4.0));
    }
    List<Mixture> mixtures =
        List.of(Mixture.ALS, Mixture.POPULARITY, Mixture.PERSONAL, Mixture.blend(2, 0.5));

    Dataset<Row> customerFrame = frame(customers, CUSTOMER);
    Dataset<Row> productFrame = frame(products, PRODUCT);
    List<Row> productRows = productFrame.collectAsList();

    for (Limits limits : List.of(new Limits(12, 3, false), new Limits(7, 7, true))) {
      Map<String, List<Integer>> expected = new HashMap<>();
      for (Row customer : customerFrame.collectAsList()) {
        for (Mixture mixture : mixtures) {
          List<Integer> list = sortAll(customer, productRows, mixture, limits);
          if (!list.isEmpty()) {
            expected.put(mixture.name() + customer.getInt(0), list);
          }
        }
      }
      assertThat(lists(BlockedRanking.rank(customerFrame, productFrame, mixtures, limits)))
          .isEqualTo(expected);
    }
  }

  @Test
  void listsOfTwoPartsMergeToTheListOfTheWhole() {
    for (int round = 0; round < 200; round++) {
      BestList whole = new BestList(5, 2);
      BestList left = new BestList(5, 2);
      BestList right = new BestList(5, 2);
      for (int product = 0; product < 40; product++) {
        double score = random.nextInt(12);
        long category = random.nextInt(4);
        whole.offer(product, score, category);
        (random.nextBoolean() ? left : right).offer(product, score, category);
      }
      left.merge(right);
      assertThat(left.size()).isEqualTo(whole.size());
      for (int place = 0; place < whole.size(); place++) {
        assertThat(left.product(place)).isEqualTo(whole.product(place));
        assertThat(left.score(place)).isEqualTo(whole.score(place));
      }
    }
  }

  @Test
  void refusesFactorsOfTwoModels() {
    Dataset<Row> customers = frame(List.of(RowFactory.create(0, vector(3), null)), CUSTOMER);
    Dataset<Row> products = frame(List.of(RowFactory.create(0, vector(2), "a", 0.0)), PRODUCT);
    Dataset<Row> ranked =
        BlockedRanking.rank(customers, products, List.of(Mixture.ALS), new Limits(1, 1, false));
    assertThatThrownBy(ranked::count).hasMessageContaining("customers have 3 factors, products 2");
  }

  private static List<Integer> sortAll(
      Row customer, List<Row> products, Mixture mixture, Limits limits) {
    Map<Integer, Double> purchases = new HashMap<>();
    if (!customer.isNullAt(2)) {
      customer.<Row>getList(2).forEach(p -> purchases.put(p.getInt(0), p.getDouble(1)));
    }
    Map<Integer, Double> scores = new HashMap<>();
    for (Row product : products) {
      double als = 0;
      for (int k = 0; k < 3 && !customer.isNullAt(1); k++) {
        als += customer.<Float>getList(1).get(k) * product.<Float>getList(1).get(k);
      }
      scores.put(
          product.getInt(0),
          mixture.score(als, purchases.getOrDefault(product.getInt(0), 0.0), product.getDouble(3)));
    }
    Map<String, Integer> perCategory = new HashMap<>();
    return products.stream()
        .filter(p -> !limits.excludePurchased() || !purchases.containsKey(p.getInt(0)))
        .filter(p -> !mixture.boughtOnly() || purchases.containsKey(p.getInt(0)))
        .sorted(
            Comparator.comparingDouble((Row p) -> -scores.get(p.getInt(0)))
                .thenComparingInt(p -> p.getInt(0)))
        .filter(p -> perCategory.merge(p.getString(2), 1, Integer::sum) <= limits.maxPerCategory())
        .limit(limits.listLength())
        .map(p -> p.getInt(0))
        .toList();
  }

  private static Map<String, List<Integer>> lists(Dataset<Row> ranked) {
    Map<String, List<Integer>> lists = new HashMap<>();
    ranked.collectAsList().stream()
        .sorted(Comparator.comparingInt(row -> row.getInt(2)))
        .collect(groupingBy(row -> row.getString(0) + row.getInt(1)))
        .forEach((key, rows) -> lists.put(key, rows.stream().map(row -> row.getInt(3)).toList()));
    return lists;
  }

  private List<Float> vector(int rank) {
    List<Float> vector = new ArrayList<>();
    for (int k = 0; k < rank; k++) {
      vector.add(random.nextInt(5) / 4f);
    }
    return vector;
  }

  private static Dataset<Row> frame(List<Row> rows, StructType schema) {
    return SparkTest.session().createDataFrame(rows, schema);
  }
}
