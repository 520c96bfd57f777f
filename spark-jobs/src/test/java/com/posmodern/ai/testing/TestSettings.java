package com.posmodern.ai.testing;

import com.posmodern.ai.config.Settings;
import java.nio.file.Path;

/** The shipped settings, with the sizes of a retailer that fits into a test. */
public final class TestSettings {
  private static final Path FILE =
      Path.of(
          System.getProperty("repository.root"),
          "spark-jobs/src/test/resources/test-settings.yaml");

  private TestSettings() {}

  public static Settings read() {
    return Settings.read(FILE);
  }

  public static Path file() {
    return FILE;
  }
}
