package com.posmodern.ai.source.events;

import biweekly.component.VEvent;
import biweekly.io.TimezoneAssignment;
import biweekly.io.TimezoneInfo;
import biweekly.property.DateStart;
import biweekly.property.TextProperty;
import biweekly.util.Duration;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TimeZone;

/** One entry of a calendar, in the days of where it takes place. */
@SuppressWarnings("JavaUtilDate") // The moments of biweekly.
final class CalendarEvent {
  private static final long DAY = ChronoUnit.DAYS.getDuration().toMillis();

  private final VEvent event;
  private final TimezoneInfo zones;
  private final ZoneId usual;

  /**
   * @param usual time zone of the days of times in UTC
   */
  CalendarEvent(VEvent event, TimezoneInfo zones, ZoneId usual) {
    this.event = event;
    this.zones = zones;
    this.usual = usual;
  }

  static String uid(VEvent event) {
    return words(event.getUid()).orElse("");
  }

  boolean recurs() {
    return event.getRecurrenceRule() != null || !event.getRecurrenceDates().isEmpty();
  }

  /** What there is to say of a refused one. */
  JsonNode told() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uid", uid(event))
        .put("summary", words(event.getSummary()).orElse(""))
        .put("dtstart", start().map(Date::toInstant).map(Object::toString).orElse(""));
  }

  /**
   * The zone in which it recurs: its own, UTC, or that of this machine, in which days and times
   * without a zone were read.
   */
  TimeZone zone() {
    DateStart start = event.getDateStart();
    TimezoneAssignment own = zones.getTimezone(start);
    if (own != null) {
      return own.getTimeZone();
    }
    return isDays() || zones.isFloating(start)
        ? TimeZone.getDefault()
        : TimeZone.getTimeZone("UTC");
  }

  /** Days that an occurrence takes at most. */
  long days() {
    return start().isPresent() ? length() / DAY + 1 : 1;
  }

  /** One that does not recur, or an occurrence that was changed by itself. */
  LocalEvent alone() {
    Date start = start().orElseThrow(() -> new Unreadable("it has no first day"));
    return event.getRecurrenceId() == null
        ? on(start, uid(event))
        : on(start, uid(event) + "@" + day(event.getRecurrenceId().getValue()));
  }

  /** The occurrence that begins then. */
  LocalEvent on(Date start) {
    return on(start, uid(event) + "@" + day(start));
  }

  private LocalEvent on(Date start, String id) {
    if (uid(event).isEmpty()) {
      throw new Unreadable("it has no UID");
    }
    LocalDate first = day(start);
    return new LocalEvent(
        id,
        words(event.getSummary()).orElseThrow(() -> new Unreadable("it has no SUMMARY")),
        first,
        lastDay(start, first),
        Optional.ofNullable(event.getGeo())
            .filter(geo -> geo.getLatitude() != null && geo.getLongitude() != null)
            .flatMap(geo -> GeoPoint.of(geo.getLatitude(), geo.getLongitude())),
        words(event.getLocation()),
        OptionalLong.empty(),
        Optional.ofNullable(event.getCreated())
            .map(created -> created.getValue())
            .map(date -> LocalDate.ofInstant(date.toInstant(), usual)),
        event.getStatus() != null && event.getStatus().isCancelled()
            ? LocalEvent.Status.CANCELLED
            : LocalEvent.Status.PLANNED);
  }

  /** The end is the first moment, or the first day, after the event. */
  private LocalDate lastDay(Date start, LocalDate first) {
    long length = length();
    if (length < 0) {
      throw new Unreadable("it ends before it begins");
    }
    if (isDays()) {
      return first.plusDays(Math.max(0, Math.round((double) length / DAY) - 1));
    }
    return length == 0 ? first : day(new Date(start.getTime() + length - 1));
  }

  private long length() {
    Optional<Date> end = Optional.ofNullable(event.getDateEnd()).map(date -> date.getValue());
    if (end.isPresent()) {
      return end.get().getTime() - start().orElseThrow().getTime();
    }
    return Optional.ofNullable(event.getDuration())
        .map(length -> length.getValue())
        .map(Duration::toMillis)
        .orElse(isDays() ? DAY : 0);
  }

  /** Whether it takes whole days. */
  private boolean isDays() {
    return event.getDateStart() != null
        && event.getDateStart().getValue() != null
        && !event.getDateStart().getValue().hasTime();
  }

  private Optional<Date> start() {
    return Optional.ofNullable(event.getDateStart()).map(start -> start.getValue());
  }

  /** Not by way of a zone's id: a calendar brings zones that only it knows. */
  private LocalDate day(Date date) {
    DateStart start = event.getDateStart();
    boolean utc = zones.getTimezone(start) == null && !isDays() && !zones.isFloating(start);
    Calendar calendar = new GregorianCalendar(utc ? TimeZone.getTimeZone(usual) : zone());
    calendar.setTime(date);
    return LocalDate.of(
        calendar.get(Calendar.YEAR),
        calendar.get(Calendar.MONTH) + 1,
        calendar.get(Calendar.DAY_OF_MONTH));
  }

  private static Optional<String> words(TextProperty property) {
    return Optional.ofNullable(property)
        .map(text -> text.getValue())
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }
}
