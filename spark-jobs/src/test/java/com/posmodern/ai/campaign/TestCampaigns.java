package com.posmodern.ai.campaign;

import com.posmodern.ai.config.Campaign;
import com.posmodern.ai.config.CampaignFiles;
import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.testing.TestSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Campaigns as marketing would write them, over the shipped defaults. */
public final class TestCampaigns {
  private static final Path DEFAULTS =
      Path.of(System.getProperty("repository.root"), "conf/campaigns/defaults.yaml");

  private TestCampaigns() {}

  /** An event campaign that is switched on for all of 2025, with further lines of its file. */
  public static Campaign of(String id, String... lines) {
    return with(id, "EVENT", "{budget: 1000.0}", lines);
  }

  /** The same with a goal and an offer of its own. */
  public static Campaign with(String id, String goal, String offer, String... lines) {
    return read(
        id,
        """
        enabled: true
        goal: %s
        title: Event
        window: {from: "2025-01-01", until: "2025-12-31"}
        offer: %s
        """
            .formatted(goal, offer),
        lines);
  }

  private static Campaign read(String id, String text, String... lines) {
    try {
      Path folder = Files.createTempDirectory("campaigns");
      Files.copy(DEFAULTS, folder.resolve("defaults.yaml"));
      Files.writeString(
          folder.resolve(id + ".yaml"), text + String.join("\n", List.of(lines)) + "\n");
      return CampaignFiles.read(folder).get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The shipped settings, with another global holdout. */
  public static CampaignSettings settings(double globalHoldout) {
    CampaignSettings shipped = TestSettings.read().campaign();
    return new CampaignSettings(
        shipped.folder(),
        shipped.proposals(),
        globalHoldout,
        shipped.capMessages(),
        shipped.capDays(),
        shipped.unknownAge(),
        shipped.minimumAge(),
        shipped.expectedResponse(),
        shipped.prePeriodDays(),
        shipped.productsInMessage(),
        shipped.forbiddenWords(),
        shipped.generator(),
        shipped.uplift());
  }
}
