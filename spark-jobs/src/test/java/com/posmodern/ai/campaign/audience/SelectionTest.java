package com.posmodern.ai.campaign.audience;

import static com.posmodern.ai.campaign.TestCampaigns.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.testing.SparkTest;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  /** Most customers spend 100 in a basket. */
  private static final Dataset<Row> FEATURES =
      sql(
          "SELECT * FROM VALUES ('ann', 40D, 5D, 100D, 's1'), ('ben', 2D, 1D, 100D, 's2'),"
              + " ('cid', 90D, 9D, 100D, 's1'), ('dot', 5D, 3D, 100D, 's1'),"
              + " ('eve', 5D, 3D, 100D, 's1'), ('fay', 5D, 3D, 100D, 's1'),"
              + " ('gus', 5D, 3D, 1D, 's1')"
              + " AS t(customer_id, recency, frequency, basket_value, preferred_store_id)");

  /** As jobs see it: contact data masked. dot has two rows and consents in one of them. */
  private static final Dataset<Row> CUSTOMERS =
      sql("SELECT * FROM VALUES ('ann', true, '***', '***'), ('ben', true, null, '***'),"
              + " ('cid', true, '***', null), ('dot', true, '***', '***'),"
              + " ('dot', false, '***', '***'), ('eve', null, '***', '***'),"
              + " ('fay', true, null, null), ('gus', true, '***', '***')"
              + " AS t(customer_id, marketing_consent, email, phone)")
          .withColumn("telegram_chat_id", org.apache.spark.sql.functions.lit(null).cast("string"));

  private static final Dataset<Row> AGES =
      sql(
          "SELECT * FROM VALUES ('ann', true, 7), ('ben', true, 3), ('cid', false, 7),"
              + " ('fay', true, 7), ('gus', true, 7) AS t(customer_id, of_age, birthday_month)");

  @Test
  void whoeverIsLeftOutIsCountedWithTheFirstReason() {
    Campaign event = TestCampaigns.of("event");
    try (Selection selection = select(facts(Optional.empty()), event)) {
      assertThat(funnel(selection))
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "NO_CONSENT", 2L, // dot, eve
                  "UNDER_AGE", 1L, // cid
                  "NO_CONTACT", 1L, // fay
                  "NO_GAIN", 1L, // gus: 0.02 × 1 - 0.10
                  "SELECTED", 2L));
      assertThat(selected(selection)).containsOnlyKeys("ann", "ben");
      assertThat(selected(selection).get("ann").<Double>getAs("expected_gain"))
          .isEqualTo(0.05 * 100 - 0.1, within(1e-9));
      assertThat(selected(selection).get("ann").<String>getAs("channel")).isEqualTo("WHATSAPP");
    }
  }

  @Test
  void knownUpliftStandsForTheGainAndWhoIsPutOffIsLeftOut() {
    People.Facts facts = withUplift("('ann', -3D), ('ben', 7D)");
    try (Selection selection = select(facts, TestCampaigns.of("event"))) {
      assertThat(funnel(selection)).containsKey("NO_GAIN");
      assertThat(selected(selection)).doesNotContainKey("ann");
      Row ben = selected(selection).get("ben");
      // The response stays the propensity's, and says what the discount costs.
      assertThat(ben.<Double>getAs("response")).isEqualTo(0.2, within(1e-9));
      assertThat(ben.<Double>getAs("expected_gain")).isEqualTo(7 - 0.1, within(1e-9));
    }
  }

  @Test
  void upliftIsAfterTheDiscountAndOnlyTheMessageIsPaid() {
    Campaign half =
        TestCampaigns.with(
            "half", "EVENT", "{budget: 100.0, discount_percent: 50.0, message_cost: 0.1}");
    try (Selection selection = select(withUplift("('ben', 7D)"), half)) {
      assertThat(selected(selection).get("ben").<Double>getAs("expected_gain"))
          .isEqualTo(7 - 0.1, within(1e-9));
    }
  }

  @Test
  void betweenCampaignsTheResponseDecidesThoughUpliftIsKnown() {
    // Fewer respond to tea, so its discount costs less; that alone must not win the contest.
    String offer = "{budget: 100.0, discount_percent: 10.0, message_cost: 0.1}";
    Campaign all = TestCampaigns.with("wide", "EVENT", offer);
    Campaign tea = TestCampaigns.with("tea", "EVENT", offer, "audience: {categories: [tea]}");
    try (Selection selection = select(withUplift("('ann', 7D), ('ben', 7D)"), tea, all)) {
      assertThat(selection.audience().select("campaign_id").distinct().collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("wide");
    }
  }

  @Test
  void whoseUpliftIsKnownComesBeforeWhoseIsNot() {
    // The budget pays one message: a gain of 5 by response would come before one of 1 by uplift.
    Campaign event =
        TestCampaigns.with(
            "event", "EVENT", "{budget: 0.15, message_cost: 0.1}", "holdout_share: 0.000001");
    try (Selection selection = select(withUplift("('ben', 1D)"), event)) {
      assertThat(selected(selection)).containsOnlyKeys("ben");
    }
  }

  @Test
  void withoutConsentsOnRecordNobodyIsAddressed() {
    People.Facts none =
        new People.Facts(
            FEATURES,
            Optional.empty(),
            Optional.empty(),
            Optional.of(AGES),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (Selection selection = select(none, TestCampaigns.of("event"))) {
      assertThat(funnel(selection)).containsExactly(Map.entry("NO_CONSENT", 7L));
    }
  }

  @Test
  void anUnknownAgeIsNotAddressed() {
    People.Facts ageless =
        new People.Facts(
            FEATURES,
            Optional.empty(),
            Optional.of(CUSTOMERS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (Selection selection = select(ageless, TestCampaigns.of("event"))) {
      assertThat(funnel(selection)).containsOnlyKeys("NO_CONSENT", "AGE_UNKNOWN");
    }
  }

  @Test
  void aChannelIsTheFirstOnWhichTheCustomerCanBeReached() {
    Campaign byMail = TestCampaigns.of("by-mail", "channels: [EMAIL, SMS]");
    try (Selection selection = select(facts(Optional.empty()), byMail)) {
      Map<String, Row> found = selected(selection);
      assertThat(found.get("ann").<String>getAs("channel")).isEqualTo("EMAIL");
      assertThat(found.get("ben").<String>getAs("channel")).isEqualTo("SMS");
    }
  }

  @Test
  void everyRuleOfTheFileHolds() {
    assertThat(whoGets("audience: {recency_days: {at_least: 10}}")).containsExactly("ann");
    assertThat(whoGets("audience: {stores: [s2]}")).containsExactly("ben");
    assertThat(whoGets("audience: {baskets: {at_least: 5, at_most: 8}}")).containsExactly("ann");
    assertThat(whoGets("audience: {segments: [Loyal]}")).containsExactly("ann");
    assertThat(whoGets("audience: {without_segments: [Loyal]}")).containsExactly("ben");
    assertThat(whoGets("goal: SECOND_PURCHASE")).containsExactly("ben");
    assertThat(whoGets("goal: BIRTHDAY_MONTH")).containsExactly("ann");
    assertThat(whoGets("audience: {propensities: {lapse: 0.5}}")).containsExactly("ann");
    assertThat(whoGets("audience: {propensities: {respond: 0.1}}")).containsExactly("ben");
    assertThat(whoGets("audience: {categories: [tea], propensities: {buy_category: 0.3}}"))
        .containsExactly("ann");
    assertThat(whoGets("audience: {categories: [milk]}")).containsExactly("ben");
  }

  @Test
  void whatIsExpectedFollowsFromThePropensities() {
    Campaign tea =
        TestCampaigns.with(
            "tea",
            "WIN_BACK",
            "{budget: 100.0, discount_percent: 10.0}",
            "audience: {categories: [tea], propensities: {lapse: 0.1}}",
            "holdout_share: 0.000001");
    try (Selection selection = select(facts(Optional.empty()), tea)) {
      Row ann = selected(selection).get("ann");
      double response = 0.05 * 0.4 * 0.6; // responds, buys tea, would not come by herself
      assertThat(ann.<Double>getAs("response")).isEqualTo(response, within(1e-9));
      assertThat(ann.<Double>getAs("expected_cost"))
          .isEqualTo(0.1 + response * 100 * 0.1, within(1e-9));
      assertThat(ann.<Double>getAs("expected_gain"))
          .isEqualTo(response * 100 - 0.1 - response * 100 * 0.1, within(1e-9));
    }
  }

  @Test
  void aCustomerGetsOneMessageAndTheCampaignThatGainsMostSendsIt() {
    Campaign cheap = TestCampaigns.with("cheap", "EVENT", "{budget: 100.0, message_cost: 0.01}");
    Campaign dear = TestCampaigns.with("dear", "EVENT", "{budget: 100.0, message_cost: 0.5}");
    try (Selection selection = select(facts(Optional.empty()), dear, cheap)) {
      assertThat(selection.audience().select("campaign_id").distinct().collectAsList())
          .extracting(row -> row.getString(0))
          .containsExactly("cheap");
      assertThat(
              selection.funnel().where("campaign_id = 'dear'").collectAsList().stream()
                  .filter(row -> row.getAs("verdict").equals("OTHER_CAMPAIGN"))
                  .map(row -> row.<Long>getAs("customers")))
          .containsExactly(2L);
    }
  }

  @Test
  void earlierNightsCountAndLaterOnesDoNot() {
    Dataset<Row> earlier =
        sql(
            "SELECT * FROM VALUES (date'2025-06-28', 'other', 'ann', 'CONTROL', 0D),"
                + " (date'2025-05-01', 'event', 'ben', 'A', 0.1D),"
                + " (date'2025-07-01', 'event', 'ann', 'A', 0.1D)"
                + " AS t(as_of_date, campaign_id, customer_id, arm, expected_cost)");
    try (Selection selection = select(facts(Optional.of(earlier)), TestCampaigns.of("event"))) {
      assertThat(selected(selection)).isEmpty();
      assertThat(funnel(selection))
          .containsEntry("FREQUENCY_CAP", 1L)
          .containsEntry("ALREADY_SELECTED", 1L);
    }
  }

  @Test
  void aStoppedVariantSelectsNobody() {
    Campaign event = TestCampaigns.of("event", "variants: 1", "holdout_share: 0.000001");
    try (Selection selection =
        Selection.of(
            facts(Optional.empty()),
            List.of(event),
            settings(0),
            NIGHT,
            Map.of("event", Set.of("A")))) {
      assertThat(funnel(selection)).containsEntry("VARIANT_STOPPED", 3L); // gus as well
    }
  }

  @Test
  void theBudgetGoesToThoseWithTheHighestGainAndControlsCostNothing() {
    Dataset<Row> many = many(4000);
    Campaign event = TestCampaigns.with("event", "EVENT", "{budget: 100.0, message_cost: 0.1}");
    try (Selection selection = select(everybody(many), event)) {
      List<Row> found = selection.audience().orderBy("expected_gain").collectAsList();
      double cost = found.stream().mapToDouble(row -> row.getAs("expected_cost")).sum();
      assertThat(cost).isLessThanOrEqualTo(100.0).isGreaterThan(99.8);
      // basket values are 1, 2, … 4000: those who were left out had smaller ones.
      assertThat(found.get(0).<Double>getAs("expected_gain"))
          .isEqualTo((4000 - found.size() + 1) * 0.02 - 0.1, within(1e-6));
      assertThat(found)
          .filteredOn(row -> Set.of("CONTROL", "HOLDOUT").contains(row.<String>getAs("arm")))
          .allMatch(row -> row.<Double>getAs("expected_cost") == 0);
    }
  }

  @Test
  void armsHaveTheirSharesAreStableAndIndependentBetweenCampaigns() {
    Dataset<Row> many = many(20_000);
    Campaign one = TestCampaigns.with("one", "EVENT", "{budget: 1.0E7}", "holdout_share: 0.2");
    Campaign two = TestCampaigns.with("two", "EVENT", "{budget: 1.0E7}", "holdout_share: 0.2");
    Map<String, String> first = arms(many, one);
    Map<String, String> second = arms(many, two);
    assertThat(arms(many.orderBy("basket_value"), one)).isEqualTo(first);
    assertThat(share(first, "HOLDOUT")).isCloseTo(0.05, within(0.006));
    assertThat(share(first, "CONTROL")).isCloseTo(0.95 * 0.2, within(0.01));
    assertThat(share(first, "A")).isCloseTo(0.95 * 0.4, within(0.012));
    assertThat(share(first, "B")).isCloseTo(0.95 * 0.4, within(0.012));
    // The holdout is the same for all campaigns; controls of one are in all arms of the other.
    assertThat(withArm(first, "HOLDOUT")).isEqualTo(withArm(second, "HOLDOUT"));
    Set<String> controls = withArm(first, "CONTROL");
    long both = controls.stream().filter(withArm(second, "CONTROL")::contains).count();
    assertThat((double) both / controls.size()).isCloseTo(0.2, within(0.03));
  }

  private static Map<String, String> arms(Dataset<Row> people, Campaign campaign) {
    try (Selection selection =
        Selection.of(everybody(people), List.of(campaign), settings(0.05), NIGHT, Map.of())) {
      return selection.audience().collectAsList().stream()
          .collect(Collectors.toMap(row -> row.getAs("customer_id"), row -> row.getAs("arm")));
    }
  }

  private static double share(Map<String, String> arms, String arm) {
    return (double) withArm(arms, arm).size() / arms.size();
  }

  private static Set<String> withArm(Map<String, String> arms, String arm) {
    return arms.entrySet().stream()
        .filter(entry -> entry.getValue().equals(arm))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static List<String> whoGets(String line) {
    Campaign campaign =
        line.startsWith("goal")
            ? TestCampaigns.with("mine", line.substring(6), "{budget: 100.0}")
            : TestCampaigns.of("mine", line);
    try (Selection selection = select(facts(Optional.empty()), campaign)) {
      return selected(selection).keySet().stream().sorted().toList();
    }
  }

  private static Selection select(People.Facts facts, Campaign... campaigns) {
    return Selection.of(facts, List.of(campaigns), settings(0), NIGHT, Map.of());
  }

  private static Map<String, Row> selected(Selection selection) {
    return selection.audience().collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getAs("customer_id"), row -> row));
  }

  /** Customers by verdict, arms taken together. */
  private static Map<String, Long> funnel(Selection selection) {
    Map<String, Long> counts = new HashMap<>();
    for (Row row : selection.funnel().collectAsList()) {
      String verdict = row.getAs("verdict");
      counts.merge(
          verdict.startsWith("SELECTED_") ? "SELECTED" : verdict,
          row.<Long>getAs("customers"),
          Long::sum);
    }
    return counts;
  }

  private static People.Facts facts(Optional<Dataset<Row>> earlier) {
    return new People.Facts(
        FEATURES,
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('ann', 1, 'Loyal'), ('ben', 2, 'New')"
                    + " AS t(customer_id, segment_id, segment_name)")),
        Optional.of(CUSTOMERS),
        Optional.of(AGES),
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('ann', 'LAPSE', 'ALL', 0.6D),"
                    + " ('ann', 'RESPOND', 'ALL', 0.05D),"
                    + " ('ann', 'BUY_CATEGORY', 'tea', 0.4D), ('ben', 'RESPOND', 'ALL', 0.2D),"
                    + " ('ben', 'BUY_CATEGORY', 'tea', 0.1D)"
                    + " AS t(customer_id, kind, category, probability)")),
        Optional.of(
            sql(
                "SELECT * FROM VALUES ('ann', 'p1', 'tea'), ('ben', 'p1', 'tea'),"
                    + " ('ben', 'p2', 'milk') AS t(customer_id, product_id, category)")),
        earlier,
        Optional.empty());
  }

  private static People.Facts withUplift(String rows) {
    People.Facts usual = facts(Optional.empty());
    return new People.Facts(
        usual.features(),
        usual.segments(),
        usual.customers(),
        usual.ages(),
        usual.propensities(),
        usual.recommendations(),
        usual.earlier(),
        Optional.of(sql("SELECT * FROM VALUES " + rows + " AS t(customer_id, uplift)")));
  }

  /** Customers with basket values of 1, 2, 3 …, all of whom may be addressed. */
  private static Dataset<Row> many(int customers) {
    return sql(
        "SELECT sha2(cast(id AS string), 256) AS customer_id, 5D AS recency, 3D AS frequency,"
            + " cast(id + 1 AS double) AS basket_value, 's1' AS preferred_store_id FROM range("
            + customers
            + ")");
  }

  private static People.Facts everybody(Dataset<Row> people) {
    return new People.Facts(
        people,
        Optional.empty(),
        Optional.of(
            people.selectExpr(
                "customer_id",
                "true AS marketing_consent",
                "'***' AS email",
                "'***' AS phone",
                "CAST(null AS string) AS telegram_chat_id")),
        Optional.of(people.selectExpr("customer_id", "true AS of_age", "1 AS birthday_month")),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
