package com.posmodern.ai.job.intake;

import java.time.LocalDate;
import java.time.ZonedDateTime;

/** What is told before six in the morning was known at the end of the day before, or nearly so. */
final class Morning {
  private static final int HOUR = 6;

  private Morning() {}

  /** The day that is over, or nearly so, when something is told. */
  static LocalDate lastWholeDay(ZonedDateTime now) {
    return now.getHour() < HOUR ? now.toLocalDate().minusDays(1) : now.toLocalDate();
  }
}
