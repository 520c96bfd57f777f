package com.posmodern.ai.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignFilesTest {
  private static final Path SHIPPED =
      Path.of(System.getProperty("repository.root"), "conf/campaigns");

  @TempDir Path folder;

  @BeforeEach
  void defaults() throws IOException {
    Files.copy(SHIPPED.resolve("defaults.yaml"), folder.resolve("defaults.yaml"));
  }

  @Test
  void theShippedExamplesAreSoundAndSwitchedOff() {
    List<Campaign> campaigns = CampaignFiles.read(SHIPPED);
    assertThat(campaigns)
        .extracting(Campaign::id)
        .containsExactly("category-growth", "second-purchase", "win-back");
    assertThat(campaigns).noneMatch(Campaign::enabled);
  }

  @Test
  void whatAFileDoesNotSayIsTakenFromTheDefaults() throws IOException {
    Files.writeString(
        folder.resolve("back.yaml"),
        """
        goal: WIN_BACK
        title: Back
        window: {from: "2026-01-01", until: "2026-01-31"}
        audience: {recency_days: {at_least: 30}}
        offer: {budget: 10.0}
        """);
    Campaign campaign = CampaignFiles.read(folder).get(0);
    assertThat(campaign.id()).isEqualTo("back");
    assertThat(campaign.enabled()).isFalse();
    assertThat(campaign.audience().recencyDays()).isEqualTo(new AudienceRules.Range(30, 100000));
    assertThat(campaign.channels())
        .containsExactly(Campaign.Channel.WHATSAPP, Campaign.Channel.EMAIL);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "holdout_share: 0.2 | holdout: 0.2 | holdout: the key is unknown; allowed are audience,",
        "holdout_share: 0.2 | holdout_share: 0.0 | holdout_share must be above 0",
        "holdout_share: 0.2 | holdout_share: some | holdout_share",
        "until: \"2026-02-28\" | until: \"2025-02-28\" | window: until must not be before from: from 2026-01-05 until 2025-02-28",
        "until: \"2026-02-28\" | until: \"2026-02-30\" | window: until must be a day like 2025-11-28, is 2026-02-30",
        "until: \"2026-02-28\" | until: \"2028-02-28\" | until must be at most 366 days after from",
        "goal: WIN_BACK | goal: WINBACK | goal: the value is WINBACK; allowed are WIN_BACK, SECOND",
        "goal: WIN_BACK | goal: OVERSTOCK | offer must name products where goal is OVERSTOCK",
        "goal: WIN_BACK | goal: CATEGORY_GROWTH | audience must name categories",
        "[WHATSAPP, EMAIL] | [] | channels must name at least one of [WHATSAPP, SMS,",
        "[WHATSAPP, EMAIL] | [FAX] | channels.0: the value is FAX; allowed are WHATSAPP",
        "[WHATSAPP, EMAIL] | [SMS, SMS] | channels must not repeat one",
        "discount_percent: 10.0 | discount_percent: 99.0 | discount_percent must be from 0 to 90",
        "at_least: 45 | at_least: 400 | at_most must be at least at_least (400)",
        "budget: 2000.0 | budget: 0.0 | budget must be greater than 0",
        "baskets: {at_least: 3, at_most: 1000000} | occasion: {within_days: 3} | occasion: within_days must be 0 where neither",
        "baskets: {at_least: 3, at_most: 1000000} | occasion: {local_event: true} | occasion: within_days must be above 0 where",
        "baskets: {at_least: 3, at_most: 1000000} | occasion: {within_days: 30, local_event: true} | within_days must be from 0 to 10, is 30",
        "baskets: {at_least: 3, at_most: 1000000} | occasion: {within_days: 3, warmest_at_least: 30.0, warmest_at_most: 20.0} | warmest_at_most must be from warmest_at_least (30.0) to 60, is 20.0",
        "goal: WIN_BACK | id: other | id: the key is not for the file to say",
      })
  void aWrongFileNamesFileKeyValueAndWhatIsAllowed(String from, String to, String says)
      throws IOException {
    String text = Files.readString(SHIPPED.resolve("win-back.yaml"));
    assertThat(text).contains(from);
    Path file = Files.writeString(folder.resolve("mine.yaml"), text.replace(from, to));
    assertThatThrownBy(() -> CampaignFiles.read(folder))
        .isInstanceOfSatisfying(
            PosException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(says);
  }

  @Test
  void everyWrongFileIsNamedAtOnce() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "goal: NONE\n");
    Files.writeString(folder.resolve("b.yaml"), "budget: [\n");
    Files.writeString(folder.resolve("c.yaml"), "just words\n");
    assertThatThrownBy(() -> CampaignFiles.read(folder))
        .hasMessageContaining("3 campaign files are wrong")
        .hasMessageContaining("a.yaml")
        .hasMessageContaining("b.yaml")
        .hasMessageContaining("c.yaml");
  }

  @Test
  void aNameThatIsNoKeyIsRefused() throws IOException {
    Files.copy(SHIPPED.resolve("win-back.yaml"), folder.resolve("Win Back.yaml"));
    assertThatThrownBy(() -> CampaignFiles.read(folder))
        .hasMessageContaining("id must be small letters, digits and hyphens");
  }

  @Test
  void withoutAFolderThereAreNoCampaigns() {
    assertThat(CampaignFiles.read(folder.resolve("nowhere"))).isEmpty();
  }
}
