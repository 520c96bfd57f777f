package com.posmodern.ai.config;

import java.nio.file.Path;

/**
 * All settings of a run, one component per section of the file.
 *
 * @param lake root of the lake: a folder or an {@code s3a://} address
 * @param concurrentDrivers whether other drivers write to the lake at the same time; a lake in a
 *     folder does not support that
 * @param plan file with the jobs of the night and their order
 * @param campaignPlan file with the jobs of the command campaigns, which run after a night
 * @param behaviourPlan file with the jobs of the command behaviour, which run after a night
 * @param extracts folder with the files of the command extract, one per database
 */
public record Settings(
    String lake,
    boolean concurrentDrivers,
    String plan,
    String campaignPlan,
    String behaviourPlan,
    String extracts,
    SparkSettings spark,
    SampleSettings sample,
    QualitySettings quality,
    PrivacySettings privacy,
    FeatureSettings features,
    ForecastSettings forecast,
    RecommendSettings recommend,
    SegmentSettings segment,
    WeatherSettings weather,
    LocalEventSettings localEvents,
    TrendSettings trends,
    CampaignSettings campaign,
    OutreachSettings outreach,
    PropensitySettings propensity,
    BehaviourSettings behaviour,
    LiveSettings live,
    GateSettings gate,
    PublishSettings publish,
    MaintenanceSettings maintenance,
    ReportSettings report) {
  public Settings {
    SettingChecks.text("lake", lake);
    SettingChecks.text("plan", plan);
    SettingChecks.text("campaign_plan", campaignPlan);
    SettingChecks.text("behaviour_plan", behaviourPlan);
    SettingChecks.text("extracts", extracts);
  }

  /** The same settings with another lake. */
  public Settings withLake(String root) {
    return new Settings(
        root,
        concurrentDrivers,
        plan,
        campaignPlan,
        behaviourPlan,
        extracts,
        spark,
        sample,
        quality,
        privacy,
        features,
        forecast,
        recommend,
        segment,
        weather,
        localEvents,
        trends,
        campaign,
        outreach,
        propensity,
        behaviour,
        live,
        gate,
        publish,
        maintenance,
        report);
  }

  /**
   * Reads and validates a settings file.
   *
   * @throws com.posmodern.ai.error.PosException usage, naming file and key
   */
  public static Settings read(Path file) {
    return SettingsReader.read(file, Settings.class);
  }
}
