package com.posmodern.ai.testing;

import com.posmodern.ai.config.CampaignSettings;
import com.posmodern.ai.config.MaintenanceSettings;
import com.posmodern.ai.config.OutreachSettings;
import com.posmodern.ai.config.PublishSettings;
import com.posmodern.ai.config.ReportSettings;
import com.posmodern.ai.config.Settings;
import java.nio.file.Path;

/** The shipped settings, with the sizes of a retailer that fits into a test. */
public final class TestSettings {
  private static final Path FILE =
      Path.of(
          System.getProperty("repository.root"),
          "spark-jobs/src/test/resources/test-settings.yaml");

  /**
   * Lines of a settings file for a program that lives for seconds, most of which would go into
   * plans and code for a handful of rows. NightEndToEndTest has a night with both.
   */
  public static final String SHORT_LIVED =
      """
      spark:
        options:
          spark.sql.shuffle.partitions: "2"
          spark.default.parallelism: "2"
          spark.sql.adaptive.enabled: "false"
          spark.sql.codegen.wholeStage: "false"
          spark.sql.codegen.factoryMode: NO_CODEGEN
          spark.sql.ui.explainMode: simple
      """;

  private TestSettings() {}

  public static Settings read() {
    return Settings.read(FILE);
  }

  /** The same, but for how results are shown and kept. */
  public static Settings with(PublishSettings publish, MaintenanceSettings maintenance) {
    return with(publish, maintenance, read().report().folder());
  }

  /** The same, with another folder for the reports. */
  public static Settings with(
      PublishSettings publish, MaintenanceSettings maintenance, String reports) {
    Settings file = read();
    return with(
        file, file.campaign(), file.outreach(), publish, maintenance, new ReportSettings(reports));
  }

  /** The shipped settings with campaigns of another folder, sent in another way. */
  public static Settings withOutreach(String campaigns, OutreachSettings outreach) {
    Settings file = read();
    CampaignSettings campaign = file.campaign();
    return with(
        file,
        new CampaignSettings(
            campaigns,
            campaign.proposals(),
            campaign.globalHoldoutShare(),
            campaign.capMessages(),
            campaign.capDays(),
            campaign.unknownAge(),
            campaign.minimumAge(),
            campaign.expectedResponse(),
            campaign.prePeriodDays(),
            campaign.productsInMessage(),
            campaign.forbiddenWords(),
            campaign.generator(),
            campaign.uplift()),
        outreach,
        file.publish(),
        file.maintenance(),
        file.report());
  }

  private static Settings with(
      Settings file,
      CampaignSettings campaign,
      OutreachSettings outreach,
      PublishSettings publish,
      MaintenanceSettings maintenance,
      ReportSettings report) {
    return new Settings(
        file.lake(),
        file.concurrentDrivers(),
        file.plan(),
        file.campaignPlan(),
        file.behaviourPlan(),
        file.extracts(),
        file.spark(),
        file.sample(),
        file.quality(),
        file.privacy(),
        file.features(),
        file.forecast(),
        file.recommend(),
        file.segment(),
        file.weather(),
        file.localEvents(),
        file.trends(),
        campaign,
        outreach,
        file.propensity(),
        file.behaviour(),
        file.live(),
        file.gate(),
        publish,
        maintenance,
        report);
  }

  public static Path file() {
    return FILE;
  }
}
