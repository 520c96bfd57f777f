package com.posmodern.ai.campaign.uplift;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
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
              + " 'B'), (date'2025-06-25', 'c', 'fay', 'A')"
              + " AS t(as_of_date, campaign_id, customer_id, arm)")
          .selectExpr("*", "10 AS measure_days", "0.1D AS response");

  private static final Dataset<Row> SALES =
      sql(
          "SELECT * FROM VALUES ('ann', date'2025-06-01', 100D), ('ann', date'2025-06-02', 3D),"
              + " ('ann', date'2025-06-11', 4D), ('ann', date'2025-06-12', 100D), ('dot',"
              + " date'2025-06-03', 5D) AS t(customer_id, business_date, revenue)");

  @Test
  void onlyMeasuredCustomersOutsideTheGlobalHoldoutTeach() {
    assertThat(customers(PastCampaigns.members(AUDIENCE, NIGHT, 12)))
        .containsExactlyInAnyOrder("ann", "ben", "dot", "eve");
  }

  @Test
  void theNightsWithMostCustomersAreTaken() {
    Dataset<Row> members = PastCampaigns.members(AUDIENCE, NIGHT, 1);
    assertThat(customers(members)).containsExactlyInAnyOrder("ann", "ben", "dot");
    assertThat(PastCampaigns.nights(members)).containsExactly(LocalDate.of(2025, 6, 1));
  }

  @Test
  void whatWasSpentInTheMeasuredDaysCountsAndACampaignOfOneArmDoesNot() {
    List<String> rows =
        PastCampaigns.outcomes(PastCampaigns.members(AUDIENCE, NIGHT, 12), SALES)
            .selectExpr("concat_ws(' ', customer_id, _treated, _outcome, round(_share, 3)) AS text")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    // Of campaign c two of three get messages; of the other one nobody went without.
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "ann true 7.0 0.667", "ben false 0.0 0.667", "eve true 0.0 0.667");
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
