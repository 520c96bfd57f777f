package com.posmodern.ai.config;

/**
 * When a candidate model may be used for scoring.
 *
 * @param championTolerance how much skill a candidate may lose against the versions accepted lately
 *     and still replace the champion: data move from night to night, and so does skill
 * @param championMaxAgeDays days after which an accepted version is held against no candidate
 */
public record GateSettings(double championTolerance, int championMaxAgeDays) {
  public GateSettings {
    SettingChecks.share("champion_tolerance", championTolerance);
    if (championMaxAgeDays < 1) {
      throw new IllegalArgumentException(
          "champion_max_age_days must be at least 1, is " + championMaxAgeDays);
    }
  }
}
