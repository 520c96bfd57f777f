package com.posmodern.ai.source.events;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An event as a source describes it.
 *
 * @param id of the source; the same on every day on which it is asked
 * @param starts first day, where it takes place
 * @param ends last day
 * @param place in words
 * @param attendance expected visitors
 * @param published day on which it was announced
 */
public record LocalEvent(
    String id,
    String name,
    LocalDate starts,
    LocalDate ends,
    Optional<GeoPoint> point,
    Optional<String> place,
    OptionalLong attendance,
    Optional<LocalDate> published,
    Status status) {

  /** What becomes of it. */
  public enum Status {
    PLANNED,
    /** Or postponed without another day. */
    CANCELLED,
    /** Nobody comes anywhere. */
    ONLINE
  }
}
