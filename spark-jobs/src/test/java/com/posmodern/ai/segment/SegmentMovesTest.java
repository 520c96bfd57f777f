package com.posmodern.ai.segment;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SegmentMovesTest {
  private static final Dataset<Row> TONIGHT =
      SparkTest.session()
          .sql(
              "SELECT * FROM VALUES ('a', 1, 'Loyal'), ('b', 2, 'Lapsed'), ('c', 2, 'Lapsed'),"
                  + " ('new', 1, 'Loyal') AS t(customer_id, segment_id, segment_name)");
  private static final Dataset<Row> EARLIER =
      SparkTest.session()
          .sql(
              "SELECT * FROM VALUES ('a', 1, 'Loyal', date'2025-06-01'),"
                  + " ('b', 1, 'Loyal', date'2025-06-01'), ('c', 0, 'Few', date'2025-06-01'),"
                  + " ('gone', 1, 'Loyal', date'2025-06-01'), ('a', 7, 'Older', date'2025-05-01')"
                  + " AS t(customer_id, segment_id, segment_name, as_of_date)");

  @Test
  void everyCustomerOfEitherNightIsCountedOnce() {
    Dataset<Row> moves = SegmentMoves.of(TONIGHT, Optional.of(EARLIER));

    assertThat(
            moves
                .select(
                    col("from_segment_id"),
                    col("to_segment_id"),
                    col("from_segment_name"),
                    col("to_segment_name"),
                    col("customers"),
                    col("from_share"),
                    col("former_as_of_date").cast("string"))
                .collectAsList())
        .extracting(Row::mkString)
        .containsExactlyInAnyOrder(
            "11LoyalLoyal10.3333332025-06-01",
            "12LoyalLapsed10.3333332025-06-01",
            "1-1LoyalNo longer known10.3333332025-06-01",
            "02FewLapsed11.02025-06-01",
            "-11New customersLoyal1null2025-06-01");
  }

  @Test
  void onTheFirstNightEverybodyIsNew() {
    for (Optional<Dataset<Row>> earlier :
        List.of(Optional.<Dataset<Row>>empty(), Optional.of(EARLIER.limit(0)))) {
      assertThat(SegmentMoves.of(TONIGHT, earlier).collectAsList())
          .hasSize(2)
          .allMatch(row -> row.<Integer>getAs("from_segment_id") == SegmentMoves.ELSEWHERE)
          .allMatch(row -> row.isNullAt(row.fieldIndex("former_as_of_date")));
    }
  }
}
