package com.posmodern.ai.night;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Progress lines for the person who watches: seconds since the start, job, step; logged as well.
 */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final PrintStream out;
  private final InstantSource clock;
  private final Instant start;

  public Progress(PrintStream out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  public void step(String job, String what) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1000.0;
    LOG.info("{}: {}", job, what);
    out.printf(Locale.ROOT, "%7.1f s  %-22s %s%n", seconds, job, what);
  }
}
