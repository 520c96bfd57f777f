package com.posmodern.ai.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the repository that is generated, and must be what would be generated now. */
public final class GeneratedFile {
  private static final Path ROOT = Path.of(System.getProperty("repository.root"));

  private GeneratedFile() {}

  /** Fails where the file is stale; the fresh one then stands in {@code target/generated}. */
  public static void assertFresh(String file, String text) throws IOException {
    Path stored = ROOT.resolve(file);
    String found = Files.exists(stored) ? Files.readString(stored) : "";
    if (!found.equals(text)) {
      Path fresh = Path.of("target", "generated", file);
      Files.createDirectories(fresh.getParent());
      Files.writeString(fresh, text);
      assertThat(found).as("%s is stale: cp spark-jobs/%s %s", file, fresh, file).isEqualTo(text);
    }
  }
}
