package com.posmodern.ai.recommend.rank;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.config.RecommendSettings.Rules;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * Six products: 0 to 3 of category a, 4 of b, 5 of alcohol; 3 is not stocked. The customer bought
 * the product 0; the usual store has all but 1. Ranked by number.
 */
class ListRulesTest {
  private static final LocalDate DAY = LocalDate.of(2025, 6, 30);
  private static final Dataset<Row> CATALOGUE =
      SparkTest.session()
          .sql(
              """
              SELECT 'p' || id AS product_id, 'Product ' || id AS product_name,
                     CASE WHEN id < 4 THEN 'a' WHEN id = 4 THEN 'b' ELSE 'alcohol' END AS category,
                     date(null) AS launched_on, id <> 3 AS offered, true AS on_sale
              FROM range(6)
              """);
  private static final Products PRODUCTS =
      Products.of(CATALOGUE, SparkTest.session().sql("SELECT 's' AS store_id"));
  private static final Knowledge KNOWLEDGE =
      Knowledge.of(List.of(), (int) DAY.toEpochDay(), PRODUCTS, PRODUCTS.offered(), 28);

  @Test
  void allRulesHoldWhileTheListIsFull() {
    assertThat(list(2, rules(true, 1))).containsExactly(2, 4);
  }

  @Test
  void rulesAreGivenUpInOrderRatherThanTheListShortened() {
    // 2 and 4 by all rules; then the store is given up for 1; then 0 was bought; then 3 is not
    // there.
    assertThat(list(3, rules(true, 1))).containsExactly(1, 2, 4);
    assertThat(list(4, rules(true, 1))).containsExactly(0, 1, 2, 4);
    assertThat(list(5, rules(true, 1))).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theLimitPerCategoryCountsWhatIsNewToTheCustomer() {
    // 0 was bought before: 2 may stand beside it, 3 of the same category comes after 4 only.
    assertThat(list(3, rules(false, 1))).containsExactly(0, 2, 4);
    assertThat(list(2, rules(false, 1))).containsExactly(0, 2);
  }

  @Test
  void whatTheCustomerBuysIsOfferedUnlessTheUsualStoreIsOutOfIt() {
    Dataset<Row> none =
        SparkTest.session()
            .sql(
                "SELECT 'p0' AS product_id, 's' AS store_id, date'2025-06-29' AS business_date, 0d AS on_hand");
    // Sold in another store only, but this customer buys it.
    assertThat(list(1, rules(false, 9), "id NOT IN (0, 1)", Optional.empty())).containsExactly(0);
    assertThat(list(1, rules(false, 9), "id NOT IN (0, 1)", Optional.of(none))).containsExactly(2);
  }

  @Test
  void excludedCategoriesAreNeverOffered() {
    assertThat(list(6, rules(false, 9))).containsExactly(0, 1, 2, 3, 4);
  }

  private static int[] list(int length, Rules rules) {
    return list(length, rules, "id <> 1", Optional.empty());
  }

  private static int[] list(
      int length, Rules rules, String soldInTheStore, Optional<Dataset<Row>> inventory) {
    Dataset<Row> sales =
        SparkTest.session()
            .sql(
                """
                SELECT 'p' || id AS product_id, 's' AS store_id, date'2025-06-20' AS business_date,
                       1d AS quantity
                FROM range(6) WHERE
                """
                    + soldInTheStore);
    Assortment assortment = Assortment.of(sales, inventory, PRODUCTS, DAY, 28);
    boolean[] excluded = PRODUCTS.categoriesNamed(Set.of("alcohol"));
    float[] features = new float[6 * PairFeature.COUNT];
    features[PairFeature.TIMES.place()] = 1;
    Candidates candidates = new Candidates(0, 1, IntStream.range(0, 6).toArray(), features);
    float[] scores = {6, 5, 4, 3, 2, 1};
    return Arrays.stream(
            new ListRules(length, rules, KNOWLEDGE, assortment, excluded)
                .choose(candidates, ListRules.order(candidates, scores)))
        .map(row -> candidates.products()[row])
        .toArray();
  }

  private static Rules rules(boolean excludeBought, int maxPerCategory) {
    return new Rules(excludeBought, maxPerCategory, 28, 28, List.of("alcohol"), List.of());
  }
}
