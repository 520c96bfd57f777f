package com.posmodern.ai.config;

/**
 * Where the night's report goes.
 *
 * @param folder a folder, or an {@code s3a://} address; the page is {@code <folder>/<as-of
 *     date>.html}
 */
public record ReportSettings(String folder) {
  public ReportSettings {
    SettingChecks.text("folder", folder);
  }
}
