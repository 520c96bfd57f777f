package com.posmodern.ai.segment;

import static com.posmodern.ai.contract.Columns.CUSTOMER_ID;
import static com.posmodern.ai.contract.Columns.SEGMENT_ID;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.SegmentSettings;
import com.posmodern.ai.privacy.PseudonymKey;
import com.posmodern.ai.segment.SegmentTraining.Trained;
import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The personas planted in a sample lake are found again. Runs where somebody names customer
 * features ({@code -Dsample.features=}), the lake's truth ({@code -Dsample.truth=}) and the key of
 * its pseudonyms ({@code -Dsample.key=}).
 */
@EnabledIfSystemProperty(named = "sample.features", matches = ".+")
class SampleLakeSegmentsTest {
  @Test
  void personasAreFoundAgain() {
    Dataset<Row> customers =
        SparkTest.session().read().load(System.getProperty("sample.features")).cache();
    SegmentSettings settings =
        new SegmentSettings(
            3,
            100,
            4,
            10,
            200_000,
            20_000,
            28,
            8_000,
            12,
            2,
            30,
            7,
            new SegmentSettings.Weights(1, 1, 1, 1, 1, 1));
    Dataset<Row> placeable = SegmentTraining.placeable(customers, settings);
    long start = System.nanoTime();
    Trained trained =
        SegmentTraining.train(
            placeable, placeable.count(), Optional.empty(), Optional.empty(), 0, settings);
    System.out.printf("seconds %.1f%n", (System.nanoTime() - start) / 1e9);
    trained.evaluation().metrics().forEach(System.out::println);

    List<Row> rows =
        SegmentScoring.assign(customers, trained.model(), 3)
            .join(
                SparkTest.session()
                    .read()
                    .parquet(System.getProperty("sample.truth"))
                    .withColumn(
                        CUSTOMER_ID,
                        PseudonymKey.of(System.getProperty("sample.key"))
                            .pseudonym(col(CUSTOMER_ID))),
                CUSTOMER_ID)
            .select(SEGMENT_ID, "persona")
            .collectAsList();
    double index =
        AdjustedRand.index(
            rows.stream().map(row -> row.get(0)).toList(),
            rows.stream().map(row -> row.get(1)).toList());
    System.out.println("adjusted Rand index " + index);
    assertThat(index).isGreaterThanOrEqualTo(0.8);
  }
}
