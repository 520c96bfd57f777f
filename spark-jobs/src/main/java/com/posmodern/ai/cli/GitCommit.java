package com.posmodern.ai.cli;

import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The commit from which the running jar was built, as recorded by the build. */
final class GitCommit {
  private static final String FILE = "/git.properties";

  private GitCommit() {}

  /** Abbreviated commit; {@code unknown} for a build outside a Git checkout. */
  static String ofThisJar() {
    try (InputStream in = GitCommit.class.getResourceAsStream(FILE)) {
      if (in == null) {
        return "unknown";
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("git.commit.id.abbrev", "unknown");
    } catch (IOException e) {
      throw PosException.infrastructure(
          e.getMessage(), FILE + " in the jar", "Build the jar again.", e);
    }
  }
}
