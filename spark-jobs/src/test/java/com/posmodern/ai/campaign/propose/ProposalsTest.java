package com.posmodern.ai.campaign.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.Campaign.Goal;
import com.posmodern.ai.config.CampaignFiles;
import com.posmodern.ai.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProposalsTest {
  private static final LocalDate NIGHT = LocalDate.of(2025, 6, 30);

  private static final Proposals PROPOSALS =
      new Proposals(
          sql(
              "SELECT * FROM VALUES ('p1', 'Tea \"fine\"', 'tea', 10.00BD), ('p2', 'Beer', 'beer',"
                  + " 5.00BD), ('p3', 'Milk', 'milk', 4.00BD)"
                  + " AS t(product_id, product_name, category, list_price)"),
          0.5,
          Set.of("beer"));

  private static final Dataset<Row> RECOMMENDATIONS =
      sql(
          "SELECT * FROM VALUES ('ann', 'p1', date'2025-07-02'), ('ben', 'p1', null),"
              + " ('ann', 'p2', date'2025-07-02'), ('ben', 'p3', date'2025-07-14'),"
              + " ('cid', 'p3', date'2025-07-15'), ('cid', 'p1', date'2025-06-30')"
              + " AS t(customer_id, product_id, due_on)");

  @TempDir Path folder;

  @Test
  void tooMuchOfWhatSomebodyWants() {
    List<Proposal> found =
        PROPOSALS.overstock(
            sql(
                "SELECT * FROM VALUES ('p1', 60D, 10D, 90D, CAST(null AS int)), ('p2', 60D, 10D, 90D, null),"
                    + " ('p3', 60D, 10D, 20D, null)"
                    + " AS t(product_id, on_hand, order_up_to, stock_cover, shelf_life)"),
            RECOMMENDATIONS);
    assertThat(found).hasSize(1); // beer may not be named, and milk will be sold in 20 days
    assertThat(found.get(0).products()).containsExactly("p1");
    assertThat(found.get(0).customers()).isEqualTo(3);
    assertThat(found.get(0).gain()).isEqualTo(3 * 0.5 * 10, within(1e-9));
  }

  @Test
  void whatIsNotSoldBeforeItSpoils() {
    Dataset<Row> advice =
        sql(
            "SELECT * FROM VALUES ('p1', 60D, 10D, 90D, 30), ('p1', 60D, 10D, 90D, 9),"
                + " ('p2', 60D, 10D, 90D, 30), ('p3', 60D, 10D, 8D, 10)"
                + " AS t(product_id, on_hand, order_up_to, stock_cover, shelf_life)");
    List<Proposal> found = PROPOSALS.nearExpiry(advice, RECOMMENDATIONS);
    assertThat(found).hasSize(1); // beer may not be named, and milk is sold before
    assertThat(found.get(0).products()).containsExactly("p1");
    assertThat(found.get(0).days()).isEqualTo(9);
    assertThat(found.get(0).why()).isEqualTo("94 units are not sold before they spoil");
    assertThat(found.get(0).yaml(NIGHT))
        .contains("goal: NEAR_EXPIRY", "until: \"2025-07-09\"", "enabled: false");
    assertThat(PROPOSALS.overstock(advice, RECOMMENDATIONS)).isEmpty();
  }

  @Test
  void aSegmentThatStaysAway() {
    List<Proposal> found =
        PROPOSALS.lapsing(
            // Intervals of 10 days: ann is away for 21, ben for 20; cid has come twice.
            sql(
                "SELECT * FROM VALUES ('ann', 21D, 61D, 5D, 30D), ('ben', 20D, 60D, 5D, 30D),"
                    + " ('cid', 90D, 100D, 2D, 30D)"
                    + " AS t(customer_id, recency, tenure, frequency, basket_value)"),
            sql(
                "SELECT * FROM VALUES ('ann', 'Loyal'), ('ben', 'Loyal'), ('cid', 'New')"
                    + " AS t(customer_id, segment_name)"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).segment()).contains("Loyal");
    assertThat(found.get(0).customers()).isEqualTo(1);
    assertThat(found.get(0).gain()).isEqualTo(15, within(1e-9));
  }

  @Test
  void aCategoryThatCustomersAreDueFor() {
    List<Proposal> found = PROPOSALS.due(RECOMMENDATIONS, NIGHT);
    assertThat(found).extracting(Proposal::subject).containsExactly("tea");
    assertThat(found.get(0).gain()).isEqualTo(5, within(1e-9));
  }

  @Test
  void aDraftIsASoundCampaignThatIsSwitchedOff() throws IOException {
    Files.copy(
        Path.of(System.getProperty("repository.root"), "conf/campaigns/defaults.yaml"),
        folder.resolve("defaults.yaml"));
    for (Proposal draft :
        List.of(
            new Proposal(
                Goal.OVERSTOCK,
                "Chá \"fino\" \\ 100%",
                Optional.empty(),
                List.of("p\"1"),
                Optional.empty(),
                28,
                3,
                15,
                "why"),
            new Proposal(
                Goal.WIN_BACK,
                "Loyal: a",
                Optional.empty(),
                List.of(),
                Optional.of("Loyal: a"),
                28,
                3,
                15,
                "why"),
            new Proposal(
                Goal.CATEGORY_GROWTH,
                "tea",
                Optional.of("tea"),
                List.of(),
                Optional.empty(),
                28,
                3,
                0.1,
                "why"))) {
      Files.writeString(folder.resolve(draft.id(NIGHT) + ".yaml"), draft.yaml(NIGHT));
    }
    List<Campaign> campaigns = CampaignFiles.read(folder);
    assertThat(campaigns)
        .extracting(Campaign::id)
        .containsExactly(
            "category-growth-tea-2025-06-30",
            "overstock-ch-fino-100-2025-06-30",
            "win-back-loyal-a-2025-06-30");
    assertThat(campaigns).noneMatch(Campaign::enabled);
    assertThat(campaigns.get(1).offer().products()).containsExactly("p\"1");
    assertThat(campaigns.get(1).title()).isEqualTo("Chá \"fino\" \\ 100%");
    assertThat(campaigns.get(2).audience().segments()).containsExactly("Loyal: a");
    assertThat(campaigns.get(2).window().contains(NIGHT.plusDays(1))).isTrue();
  }

  private static Dataset<Row> sql(String query) {
    return SparkTest.session().sql(query);
  }
}
