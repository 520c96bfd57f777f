package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.recommend.TasteWorld.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.RecommendSettings;
import com.posmodern.ai.testing.SparkTest;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class PopularProductsTest {
  private static final RecommendSettings SETTINGS = TasteSettings.of(TasteSettings.RULES);

  /** Half-life 14 days: the basket of 14 days ago counts half. */
  private static final Dataset<Row> SALES =
      new SalesRows()
          .basket("n", "c1", AS_OF, "p000", "p001")
          .basket("n", "c1", AS_OF, "p001", "p001")
          .basket("s", "c2", AS_OF, "p000")
          .basket("s", null, AS_OF.minusDays(14), "p000", "p002")
          .basket("s", null, AS_OF.minusDays(84), "p000")
          .returned("s", null, AS_OF, "p002")
          .basket("s", null, AS_OF.plusDays(1), "p003")
          .dataset();

  @Test
  void scoresEqualTheDecayedBasketsPerStoreAndSegment() {
    Dataset<Row> segments =
        SparkTest.session()
            .createDataFrame(
                List.of(RowFactory.create("c1", 4)),
                new StructType()
                    .add(CUSTOMER_ID, DataTypes.StringType)
                    .add(SEGMENT_ID, DataTypes.IntegerType));
    assertThat(lists(Optional.of(segments)))
        .containsExactlyInAnyOrder(
            "ALL -1 1 p000 2.5",
            "ALL -1 2 p001 2.0",
            "ALL -1 3 p002 0.5",
            "ALL 4 1 p001 2.0",
            "ALL 4 2 p000 1.0",
            "n -1 1 p001 2.0",
            "n -1 2 p000 1.0",
            "n 4 1 p001 2.0",
            "n 4 2 p000 1.0",
            "s -1 1 p000 1.5",
            "s -1 2 p002 0.5");
  }

  @Test
  void withoutSegmentsThereIsTheListOverEverybody() {
    assertThat(lists(Optional.empty()))
        .hasSize(7)
        .allSatisfy(row -> assertThat(row).contains(" -1 "));
  }

  private static List<String> lists(Optional<Dataset<Row>> segments) {
    Dataset<Row> catalogue =
        Catalogue.of(
            TasteWorld.products(),
            ProductLife.of(SALES, AS_OF),
            Optional.empty(),
            AS_OF,
            SETTINGS.rules());
    return PopularProducts.of(SALES, catalogue, segments, AS_OF, SETTINGS).collectAsList().stream()
        .map(
            row ->
                "%s %d %d %s %s"
                    .formatted(
                        row.getString(0),
                        row.getInt(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getDouble(4)))
        .toList();
  }
}
