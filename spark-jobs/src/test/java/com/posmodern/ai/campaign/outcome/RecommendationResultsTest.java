package com.posmodern.ai.campaign.outcome;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Contracts;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** 200 customers, a fourth of them without a list of their own; lists bring 3 of each customer. */
class RecommendationResultsTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);
  private static final Column CONTROL = col("customer_id").cast("int").mod(4).equalTo(0);

  private static final Dataset<Row> SALES =
      sql(
          "SELECT cast(id AS string) AS customer_id, day AS business_date, cast(id % 7 AS double)"
              + " + IF(id % 4 > 0 AND day > date'2025-06-02', 3D, 0D) AS revenue FROM range(200)"
              + " CROSS JOIN (SELECT explode(array(date'2025-05-20', date'2025-06-05')) AS day)"
              // Not known before the 28 days, so in neither group.
              + " UNION ALL SELECT '1000', date'2025-06-05', 500D");

  /** The lists of customer 1 on every night since the days began. */
  private static final String NIGHTS =
      "SELECT explode(sequence(date'2025-06-02', date'2025-06-29')) AS as_of_date, '1' AS"
          + " customer_id, 'bought_often' AS reason UNION ALL ";

  /** Popular products are what the control group gets; customer 8 had a list on a later night. */
  private static final Dataset<Row> LISTS =
      sql(
          NIGHTS
              + "SELECT * FROM VALUES (date'2025-06-10', '4', 'popular'), (date'2025-06-10', '8',"
              + " 'bought_often'), (date'2025-05-01', '12', 'bought_often'), (date'2025-06-10',"
              + " '1', 'bought_often') AS t(as_of_date, customer_id, reason)");

  @Test
  void whatListsBringIsMeasuredAgainstTheControlGroup() {
    Row all = results(CONTROL).where("list_part = 'ALL'").first();
    assertThat(all.<Long>getAs("list_customers")).isEqualTo(150);
    assertThat(all.<Long>getAs("control_customers")).isEqualTo(49);
    double earned = all.<Double>getAs("incremental_revenue");
    assertThat(earned).isEqualTo(450, within(1e-6));
    assertThat(all.<Double>getAs("incremental_lower")).isLessThanOrEqualTo(earned);
    assertThat(all.<Double>getAs("incremental_upper")).isGreaterThanOrEqualTo(earned);
    assertThat(all.<Double>getAs("click_rate")).isEqualTo(0.25, within(1e-9));
    assertThat(all.<Double>getAs("conversion")).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void aControlGroupThatIsTooSmallConcludesNothing() {
    Row all = results(CONTROL.and(col("customer_id").cast("int").lt(100))).first();
    assertThat(all.<Long>getAs("control_customers")).isEqualTo(24);
    assertThat(all.isNullAt(all.fieldIndex("incremental_revenue"))).isTrue();
  }

  @Test
  void nothingIsSaidOfNightsWithoutLists() {
    Dataset<Row> few = LISTS.where("as_of_date < date'2025-06-26'");
    Row all = results(CONTROL, few).where("list_part = 'ALL'").first();
    assertThat(all.isNullAt(all.fieldIndex("control_customers"))).isTrue();
    assertThat(all.isNullAt(all.fieldIndex("incremental_revenue"))).isTrue();
    Dataset<Row> enough = LISTS.where("as_of_date < date'2025-06-28'");
    assertThat(
            results(CONTROL, enough)
                .where("list_part = 'ALL' AND incremental_revenue IS NOT NULL")
                .count())
        .isEqualTo(1);
  }

  @Test
  void rowsAreThoseOfTheContract() {
    assertThat(results(CONTROL).columns())
        .containsExactlyInAnyOrder(
            Contracts.of(Table.RECOMMENDATION_RESULTS).writtenSchema().fieldNames());
    assertThat(results(CONTROL).where("list_part <> 'ALL' AND list_customers IS NOT NULL").count())
        .isZero();
  }

  private static Dataset<Row> results(Column control) {
    return results(control, LISTS);
  }

  private static Dataset<Row> results(Column control, Dataset<Row> lists) {
    Optional<List<CampaignResults.Line>> effect =
        RecommendationResults.effect(SALES, lists, control, NIGHT, 28, 84);
    return RecommendationResults.of(
            sql(
                "SELECT explode(array('ALL', 'TO_DISCOVER')) AS list_part, 3L AS customers, 4L AS"
                    + " shown, 1L AS clicked, 2L AS bought, 9D AS revenue"),
            effect)
        .orderBy("list_part");
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
