package com.posmodern.ai.campaign.audience;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.campaign.TestCampaigns;
import com.posmodern.ai.config.Campaign;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
  private static final KnownNames NAMES =
      new KnownNames(
          Set.of("Loyal", "New"),
          Set.of("coffee", "beer"),
          Map.of("p1", "coffee", "p2", "beer"),
          Set.of("beer"));

  @Test
  void namesThatTheLakeKnowsAreFine() {
    assertThatCode(
            () -> check(TestCampaigns.of("a", "audience: {segments: [New], categories: [coffee]}")))
        .doesNotThrowAnyException();
  }

  @Test
  void anUnknownNameIsNamedWithFileKeyAndWhatIsAllowed() {
    assertThatThrownBy(() -> check(TestCampaigns.of("a", "audience: {segments: [Loyle]}")))
        .hasMessageContaining("conf/campaigns/a.yaml audience.segments")
        .hasMessageContaining("segment Loyle is unknown")
        .hasMessageContaining("Loyal, New");
    assertThatThrownBy(() -> check(TestCampaigns.of("a", "audience: {categories: [tea]}")))
        .hasMessageContaining("category tea is unknown")
        .hasMessageContaining("beer, coffee");
    assertThatThrownBy(
            () -> check(TestCampaigns.with("a", "OVERSTOCK", "{budget: 1.0, products: [p9]}")))
        .hasMessageContaining("offer.products")
        .hasMessageContaining("product p9 is unknown");
  }

  @Test
  void noCampaignIsAboutASensitiveCategory() {
    assertThatThrownBy(() -> check(TestCampaigns.of("a", "audience: {categories: [beer]}")))
        .hasMessageContaining("no campaign may be about");
    assertThatThrownBy(
            () -> check(TestCampaigns.with("a", "OVERSTOCK", "{budget: 1.0, products: [p2]}")))
        .hasMessageContaining("offer.products")
        .hasMessageContaining("no campaign may be about");
  }

  private static void check(Campaign campaign) {
    NAMES.require(campaign, "conf/campaigns");
  }
}
