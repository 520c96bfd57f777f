package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.PRODUCT_ID;
import static com.posmodern.ai.recommend.DenseIndex.PRODUCT_INDEX;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class DenseIndexTest {

  @Test
  void isDenseBijectiveAndInTheOrderOfTheKeyWhateverTheOrderOfTheRows() {
    List<String> keys = IntStream.range(0, 500).mapToObj("key%04d"::formatted).toList();
    List<String> shuffled = new ArrayList<>(keys);
    shuffled.addAll(keys.subList(0, 200));
    shuffled.add(null);
    for (int seed = 0; seed < 2; seed++) {
      Collections.shuffle(shuffled, new Random(seed));
      List<Row> indexed =
          DenseIndex.of(frame(shuffled).repartition(3 + seed), PRODUCT_ID, PRODUCT_INDEX)
              .sort(PRODUCT_INDEX)
              .collectAsList();
      assertThat(indexed).extracting(row -> row.getString(0)).isEqualTo(keys);
      assertThat(indexed)
          .extracting(row -> row.getInt(1))
          .isEqualTo(IntStream.range(0, 500).boxed().toList());
    }
  }

  @Test
  void ofNothingIsEmpty() {
    assertThat(DenseIndex.of(frame(List.of()), PRODUCT_ID, PRODUCT_INDEX).count()).isZero();
  }

  private static Dataset<Row> frame(List<String> keys) {
    return SparkTest.session().createDataset(keys, Encoders.STRING()).toDF(PRODUCT_ID);
  }
}
