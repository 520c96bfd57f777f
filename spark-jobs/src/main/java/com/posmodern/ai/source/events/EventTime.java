package com.posmodern.ai.source.events;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * The time that is asked for.
 *
 * @param first events that ended before it are left alone
 * @param today has begun
 * @param last events that begin after it are left alone
 * @param zone of days, where a source says none
 */
public record EventTime(LocalDate first, LocalDate today, LocalDate last, ZoneId zone) {

  /** Whether some day of the event is in it. */
  public boolean has(LocalEvent event) {
    return !event.ends().isBefore(first) && !event.starts().isAfter(last);
  }
}
