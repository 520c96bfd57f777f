package com.posmodern.ai.cli;

import com.posmodern.ai.job.Jobs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** What {@code scripts/pos describe} prints. */
final class Described {
  private Described() {}

  static String as(String option) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    new Commands(
            Jobs.catalogue(),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            Clock.systemUTC())
        .run(
            new CommandLine(Jobs.catalogue().values())
                .parse(new String[] {"describe", option})
                .orElseThrow());
    return printed.toString(StandardCharsets.UTF_8);
  }
}
