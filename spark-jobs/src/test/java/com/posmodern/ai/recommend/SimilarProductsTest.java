package com.posmodern.ai.recommend;

import static com.posmodern.ai.contract.Columns.*;
import static com.posmodern.ai.recommend.TasteWorld.AS_OF;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class SimilarProductsTest {
  private static final LocalDate DAY = AS_OF.minusDays(10);

  /** Six baskets; product {@code a} is in four of them, {@code b} in three, both in three. */
  @Test
  void liftAndAffinityEqualTheValuesWorkedOutByHand() {
    Dataset<Row> sales =
        new SalesRows()
            .basket("s", null, DAY, "a", "b")
            .basket("s", null, DAY, "a", "b")
            .basket("s", null, DAY, "b", "a", "c", "a")
            .basket("s", null, DAY, "c")
            .basket("s", null, DAY, "d")
            .basket("s", null, DAY, "a", "d")
            .returned("s", null, DAY, "d")
            .dataset();
    List<Row> pairs = BasketPairs.of(sales, 30, 2).sort(PRODUCT_ID).collectAsList();
    assertThat(pairs)
        .extracting(row -> row.getString(0) + row.getString(1))
        .containsExactly("ab", "ba");
    for (Row pair : pairs) {
      assertThat(pair.<Long>getAs(SUPPORT)).isEqualTo(3);
      assertThat(pair.<Double>getAs(LIFT)).isCloseTo(3 * 6 / (4.0 * 3), within(1e-12));
      assertThat(pair.<Double>getAs(BasketPairs.AFFINITY))
          .isCloseTo(Math.log(1.5) / Math.log(2), within(1e-12));
    }
  }

  @Test
  void aGiantBasketGivesNoMorePairsThanItsShare() {
    String[] many = IntStream.range(0, 200).mapToObj(TasteWorld::product).toArray(String[]::new);
    Dataset<Row> sales =
        new SalesRows().basket("s", null, DAY, many).basket("s", null, DAY, "other").dataset();
    assertThat(BasketPairs.of(sales, 5, 1).count()).isEqualTo(5 * 4);
  }

  /** p000 and p001 share baskets, p000 and p003 share taste, the new product only the category. */
  @Test
  void blendsBasketsTasteAndContentAndSaysWhich() {
    SalesRows lines = new SalesRows();
    for (int i = 0; i < 4; i++) {
      lines.basket("s", null, DAY, "p000", "p001");
      IntStream.range(2, 20).forEach(p -> lines.basket("s", null, DAY, TasteWorld.product(p)));
    }
    Dataset<Row> sales = lines.dataset();
    Dataset<Row> catalogue =
        Catalogue.of(
            TasteWorld.products(),
            ProductLife.of(sales, AS_OF),
            Optional.empty(),
            AS_OF,
            TasteSettings.RULES);
    Dataset<Row> factors =
        SparkTest.session()
            .createDataFrame(
                List.of(
                    RowFactory.create("p000", List.of(1f, 0f), false),
                    RowFactory.create("p001", List.of(0f, 1f), false),
                    RowFactory.create("p003", List.of(1f, 0.75f), false),
                    RowFactory.create(
                        TasteWorld.product(TasteWorld.PRODUCTS), List.of(1f, 1f), true)),
                new StructType()
                    .add(PRODUCT_ID, DataTypes.StringType)
                    .add(FACTORS, DataTypes.createArrayType(DataTypes.FloatType))
                    .add(FROM_CONTENT, DataTypes.BooleanType));

    Dataset<Row> similar =
        SimilarProducts.of(sales, catalogue, Optional.of(factors), AS_OF, TasteSettings.SIMILAR);
    List<Row> list = similar.where(col(PRODUCT_ID).equalTo("p000")).sort(RANK).collectAsList();

    assertThat(list).hasSize(5);
    assertThat(list.get(0).<String>getAs(SIMILAR_PRODUCT_ID)).isEqualTo("p001");
    assertThat(list.get(0).<String>getAs(REASON)).isEqualTo("bought_together");
    assertThat(list.get(0).<Long>getAs(SUPPORT)).isEqualTo(4);
    assertThat(list.get(1).<String>getAs(SIMILAR_PRODUCT_ID)).isEqualTo("p003");
    assertThat(list.get(1).<String>getAs(REASON)).isEqualTo("similar_taste");
    assertThat(list.get(1).<Double>getAs(FACTOR_SIMILARITY)).isCloseTo(0.8, within(1e-6));
    assertThat(list.get(2).<String>getAs(SIMILAR_PRODUCT_ID))
        .isEqualTo(TasteWorld.product(TasteWorld.PRODUCTS));
    assertThat(list.get(2).<String>getAs(REASON)).isEqualTo("same_category");
    assertThat(list.get(4).<String>getAs(REASON)).isEqualTo("same_category");
    assertThat(list.get(4).isNullAt(list.get(4).fieldIndex(FACTOR_SIMILARITY))).isTrue();
  }

  @Test
  void worksWithoutAModel() {
    Dataset<Row> sales = new SalesRows().basket("s", null, DAY, "p000", "p003", "p006").dataset();
    Dataset<Row> catalogue =
        Catalogue.of(
            TasteWorld.products(),
            ProductLife.of(sales, AS_OF),
            Optional.empty(),
            AS_OF,
            TasteSettings.RULES);
    Dataset<Row> similar =
        SimilarProducts.of(sales, catalogue, Optional.empty(), AS_OF, TasteSettings.SIMILAR);
    assertThat(similar.where(col(PRODUCT_ID).equalTo("p000")).collectAsList())
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.<String>getAs(REASON)).isEqualTo("same_category"));
  }
}
