package com.posmodern.ai.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.campaign.outcome.CampaignResults.Line;
import com.posmodern.ai.campaign.outcome.CampaignResults.Stop;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** 200 customers selected on 1 June: 0 to 99 in A, 100 to 179 controls, the rest held out. */
class CampaignResultsTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  private static final Dataset<Row> AUDIENCE =
      sql(
          "SELECT date'2025-06-01' AS as_of_date, 'c' AS campaign_id, cast(id AS string) AS"
              + " customer_id, CASE WHEN id < 100 THEN 'A' WHEN id < 180 THEN 'CONTROL' ELSE"
              + " 'HOLDOUT' END AS arm, cast(id % 2 AS int) AS segment_id, concat('s', id % 2) AS"
              + " segment_name, CASE WHEN id < 100 THEN 0.5D ELSE 0D END AS expected_cost, 10 AS"
              + " measure_days FROM range(200)"
              // Selected tonight, so nothing is known of them yet.
              + " UNION ALL SELECT date'2025-06-30', 'c', 'new', 'A', 1, 's1', 0.5D, 10");

  /** All spent id % 7 before. A spends 2 more after, where everybody spends as before. */
  private static final Dataset<Row> SALES =
      sql(
          "SELECT cast(id AS string) AS customer_id, day AS business_date,"
              + " cast(id % 7 AS double) + IF(id < 100 AND day > date'2025-06-01', 2D, 0D) AS"
              + " revenue FROM range(200) CROSS JOIN (SELECT explode(array(date'2025-05-20',"
              + " date'2025-06-05')) AS day)"
              // The first day that counts, the day after the last one, one before the pre-period,
              // and an anonymous sale.
              + " UNION ALL SELECT '100', date'2025-06-11', 70D"
              + " UNION ALL SELECT '100', date'2025-06-12', 1000D"
              + " UNION ALL SELECT '100', date'2025-03-01', 1000D"
              + " UNION ALL SELECT null, date'2025-06-05', 1000D");

  private static final Dataset<Row> EVENTS =
      sql(
          "SELECT 'c' AS campaign_id, cast(id AS string) AS customer_id, kind, timestamp'2025-06-03"
              + " 10:00:00' AS occurred_at FROM range(100) CROSS JOIN (SELECT explode(array('sent',"
              + " 'opened', 'opened', 'clicked', 'unsubscribed')) AS kind) WHERE kind = 'sent' OR"
              + " (kind = 'opened' AND id < 40) OR (kind = 'clicked' AND id < 5) OR (kind ="
              + " 'unsubscribed' AND id < 3)"
              + " UNION ALL SELECT 'c', '99', 'clicked', timestamp'2025-07-01 00:00:00'"
              // Of a campaign of other days, whose audience is not known.
              + " UNION ALL SELECT 'other', '190', 'sent', timestamp'2025-06-03 10:00:00'");

  @Test
  void everyArmIsCountedAndMeasuredAgainstItsControls() {
    Map<String, Line> lines = measure(List.of(), Map.of());
    Line a = lines.get("c A -1");
    assertThat(a.customers()).isEqualTo(100);
    assertThat(List.of(a.sent(), a.opened(), a.clicked(), a.unsubscribed()))
        .containsExactly(100L, 40L, 5L, 3L);
    assertThat(a.converted()).isEqualTo(100); // 2 even for those who spent nothing before
    assertThat(a.cost()).isEqualTo(50, within(1e-9));
    double own =
        14 * 21 + 1 + 200; // 14 times 0 + … + 6, customers 98 and 99 with 0 and 1, and 2 each
    assertThat(a.revenue()).isEqualTo(own, within(1e-9));
    // Controls spend as before but for one of them, 70 more: 70/80 on the mean.
    assertThat(a.incremental().orElseThrow() / 100).isCloseTo(2 - 70 / 80D, within(0.05));
    assertThat(a.halfWidth()).isGreaterThan(0);
    assertThat(lines.get("c CONTROL -1").incremental()).isEmpty();
    assertThat(lines.get("c CONTROL -1").revenue())
        .isEqualTo(
            java.util.stream.IntStream.range(100, 180).map(id -> id % 7).sum() + 70, within(1e-9));
  }

  @Test
  void segmentsAreMeasuredApartAndAllCampaignsTogetherAgainstTheHoldout() {
    Map<String, Line> lines = measure(List.of(), Map.of());
    assertThat(lines.get("c A 0").customers() + lines.get("c A 1").customers()).isEqualTo(100);
    assertThat(lines.get("c A 1").segmentName()).isEqualTo("s1");
    assertThat(lines.get("c A 1").incremental()).isPresent();
    assertThat(lines.get("ALL ADDRESSED -1").customers()).isEqualTo(180);
    assertThat(lines.get("ALL ADDRESSED -1").opened()).isEqualTo(40);
    // 20 held out are too few to conclude anything.
    assertThat(lines.get("ALL HOLDOUT -1").customers()).isEqualTo(20);
    assertThat(lines.get("ALL HOLDOUT -1").sent()).isZero();
    assertThat(lines.get("ALL ADDRESSED -1").sent()).isEqualTo(100);
    assertThat(lines.get("ALL ADDRESSED -1").incremental()).isEmpty();
  }

  @Test
  void aVariantIsStoppedWhenTooManyUnsubscribeAndStaysSo() {
    assertThat(measure(List.of(), Map.of()).get("c A -1").stop()).isEmpty();
    assertThat(
            measure(
                    List.of(TestCampaigns.of("c", "stop_rule: {unsubscribed_share: 0.02}")),
                    Map.of())
                .get("c A -1")
                .stop())
        .contains(Stop.UNSUBSCRIBED);
    assertThat(
            measure(
                    List.of(TestCampaigns.of("c", "stop_rule: {unsubscribed_share: 0.03}")),
                    Map.of())
                .get("c A -1")
                .stop())
        .isEmpty();
    assertThat(measure(List.of(), Map.of("c", Map.of("A", Stop.HARM))).get("c A -1").stop())
        .contains(Stop.HARM);
  }

  @Test
  void theMarginIsThatOfGoodsWhoseCostIsKnown() {
    // Of what cost 10 in all, 6 were for tea, two packs of which cost 2 each; coffee's is unknown.
    Dataset<Row> sales =
        sql(
            "SELECT cast(id AS string) AS customer_id, day AS business_date, 's' AS store_id,"
                + " product AS product_id, IF(product = 'tea', 6D, 4D) AS revenue, 2D AS quantity"
                + " FROM range(1) CROSS JOIN (SELECT explode(array(date'2025-05-20',"
                + " date'2025-06-05')) AS day) CROSS JOIN (SELECT explode(array('tea', 'coffee'))"
                + " AS product)");
    Dataset<Row> costs = sql("SELECT 's' AS store_id, 'tea' AS product_id, 2D AS unit_cost");
    List<Row> asked = new ArrayList<>();
    Map<String, Line> lines =
        measure(
            sales,
            Optional.of(
                sold -> {
                  asked.addAll(sold.select("business_date").distinct().collectAsList());
                  return costs;
                }),
            List.of(),
            Map.of());
    // Costs of what was bought before are not looked for.
    assertThat(asked).extracting(Row::toString).containsExactly("[2025-06-05]");
    Line a = lines.get("c A -1");
    assertThat(a.revenue()).isEqualTo(10, within(1e-9));
    assertThat(a.margin().orElseThrow()).isEqualTo(2, within(1e-9));
    assertThat(a.costedShare().orElseThrow()).isEqualTo(0.6, within(1e-9));
    assertThat(lines.get("c CONTROL -1").margin()).isEmpty();
    assertThat(lines.get("c CONTROL -1").costedShare()).isEmpty();
    Line unknown = measure(sales, Optional.empty(), List.of(), Map.of()).get("c A -1");
    assertThat(unknown.margin()).isEmpty();
    assertThat(unknown.costedShare()).contains(0.0);
  }

  @Test
  void rowsAreThoseOfTheContracts() {
    List<Line> lines =
        List.copyOf(measure(List.of(), Map.of("c", Map.of("A", Stop.HARM))).values());
    Dataset<Row> results = ResultRows.results(SparkTest.session(), lines);
    assertThat(results.where("campaign_id = 'c' AND arm = 'A' AND segment_id = -1").count())
        .isEqualTo(1);
    assertThat(results.where("incremental_lower > incremental_upper").count()).isZero();
    assertThat(ResultRows.stops(SparkTest.session(), lines).collectAsList())
        .extracting(Row::toString)
        .containsExactly("[c,A,HARM]");
  }

  private static Map<String, Line> measure(
      List<com.posmodern.ai.config.Campaign> campaigns, Map<String, Map<String, Stop>> stopped) {
    return measure(SALES, Optional.empty(), campaigns, stopped);
  }

  private static Map<String, Line> measure(
      Dataset<Row> sales,
      Optional<UnaryOperator<Dataset<Row>>> costs,
      List<com.posmodern.ai.config.Campaign> campaigns,
      Map<String, Map<String, Stop>> stopped) {
    return CampaignResults.of(
            AUDIENCE, sales, costs, Optional.of(EVENTS), NIGHT, 84, campaigns, stopped)
        .stream()
        .collect(
            Collectors.toMap(
                line -> "%s %s %d".formatted(line.campaignId(), line.arm(), line.segmentId()),
                Function.identity()));
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
