package com.posmodern.ai.testing;

import java.util.List;

/**
 * Programs that a JDK does not bring along: a test that starts one carries the tag of that name.
 */
public final class ExternalPrograms {
  private static final String TAG = "external";

  private ExternalPrograms() {}

  /**
   * Said before one is started, so that a forgotten tag fails where these tests are left out.
   *
   * @throws IllegalStateException when they are
   */
  public static void starting(String program) {
    if (List.of(System.getProperty("excludedGroups", "").split(",")).contains(TAG)) {
      throw new IllegalStateException(
          "a test starts %s and has no @Tag(\"%s\")".formatted(program, TAG));
    }
  }
}
