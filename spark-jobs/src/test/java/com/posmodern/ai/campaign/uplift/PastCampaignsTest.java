package com.posmodern.ai.campaign.uplift;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.campaign.propensity.PropensityData;
import com.posmodern.ai.config.PropensitySettings;
import com.posmodern.ai.testing.SparkTest;
import com.posmodern.ai.testing.TestSettings;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Whom uplift is learnt from, and what they spent. */
class PastCampaignsTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  /** Ten days are measured: of 1 June they are over, of 25 June they are not. */
  private static final Dataset<Row> AUDIENCE =
      sql("SELECT * FROM VALUES (date'2025-06-01', 'c', 'ann', 'A'), (date'2025-06-01', 'c',"
              + " 'ben', 'CONTROL'), (date'2025-06-01', 'c', 'cid', 'HOLDOUT'),"
              + " (date'2025-06-01', 'all-treated', 'dot', 'A'), (date'2025-06-02', 'c', 'eve',"
              + " 'B'), (date'2025-06-03', 'dry', 'gus', 'A'), (date'2025-06-03', 'dry', 'hal',"
              + " 'CONTROL'), (date'2025-06-25', 'c', 'fay', 'A')"
              + " AS t(as_of_date, campaign_id, customer_id, arm)")
          .selectExpr("*", "10 AS measure_days", "0.1D AS response");

  /** Of campaign dry nothing was sent, whatever else is known of its customers. */
  private static final Optional<Dataset<Row>> EVENTS =
      Optional.of(
          sql(
              "SELECT * FROM VALUES ('c', 'ann', 'sent'), ('all-treated', 'dot', 'sent'), ('c',"
                  + " 'eve', 'sent'), ('c', 'fay', 'sent'), ('dry', 'gus', 'unsubscribed')"
                  + " AS t(campaign_id, customer_id, kind)"));

  private static final Dataset<Row> SALES =
      sql(
          "SELECT * FROM VALUES ('ann', date'2025-06-01', 100D), ('ann', date'2025-06-02', 3D),"
              + " ('ann', date'2025-06-11', 4D), ('ann', date'2025-06-12', 100D), ('dot',"
              + " date'2025-06-03', 5D) AS t(customer_id, business_date, revenue)");

  @Test
  void onlyMeasuredCustomersOutsideTheGlobalHoldoutTeach() {
    assertThat(customers(PastCampaigns.members(AUDIENCE, EVENTS, NIGHT, 12).rows()))
        .containsExactlyInAnyOrder("ann", "ben", "dot", "eve");
  }

  @Test
  void theNewestNightsAreTakenHoweverFewWereSelected() {
    PastCampaigns.Members members = PastCampaigns.members(AUDIENCE, EVENTS, NIGHT, 1);
    assertThat(customers(members.rows())).containsExactly("eve");
    assertThat(members.nights()).containsExactly(LocalDate.of(2025, 6, 2));
  }

  @Test
  void withoutEventsNoMessageIsKnownToBeSent() {
    assertThat(customers(PastCampaigns.members(AUDIENCE, Optional.empty(), NIGHT, 12).rows()))
        .isEmpty();
  }

  @Test
  void whileNoNightIsMeasuredNothingIsLearntAndTheReasonIsNamed() {
    LocalDate young = LocalDate.of(2025, 6, 5);
    Dataset<Row> lines =
        sql(
            "SELECT 'ann' AS customer_id, date'2025-06-01' AS business_date, 'p' AS product_id, 's'"
                + " AS store_id, 'store' AS channel, 1D AS quantity, 3D AS unit_price, 0D AS"
                + " discount, 3D AS revenue, cast(null AS string) AS promotion_id");
    PropensitySettings settings = TestSettings.read().propensity();
    try (PropensityData data =
        new PropensityData(
            lines,
            sql("SELECT 'p' AS product_id, 'tea' AS category"),
            Optional.empty(),
            List.of(),
            settings)) {
      UpliftLearning.Learnt learnt =
          UpliftLearning.learn(
              PastCampaigns.members(AUDIENCE, EVENTS, young, 12), SALES, data, settings, 100);
      assertThat(learnt.trained()).isEmpty();
      assertThat(learnt.obstacle()).contains("0 measured customers with a message");
    }
  }

  @Test
  void whatWasSpentInTheMeasuredDaysCountsAndACampaignOfOneArmDoesNot() {
    List<String> rows =
        PastCampaigns.outcomes(PastCampaigns.members(AUDIENCE, EVENTS, NIGHT, 12).rows(), SALES)
            .selectExpr("concat_ws(' ', customer_id, _treated, _outcome, round(_share, 3)) AS text")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    // On 1 June one of two gets messages from c; on 2 June nobody goes without, as of the other
    // one.
    assertThat(rows).containsExactlyInAnyOrder("ann true 7.0 0.5", "ben false 0.0 0.5");
  }

  private static List<String> customers(Dataset<Row> rows) {
    return rows.select("customer_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
