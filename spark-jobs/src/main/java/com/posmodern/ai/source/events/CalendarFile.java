package com.posmodern.ai.source.events;

import biweekly.Biweekly;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.util.com.google.ical.compat.javautil.DateIterator;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.error.PosException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events of a file in iCalendar (RFC 5545). Each occurrence of one that recurs is an event of its
 * own, known by the day on which it was planned at first, so that a moved one is still the same.
 */
@SuppressWarnings("JavaUtilDate") // The moments of biweekly.
final class CalendarFile implements EventSource {
  private static final String BEGIN = "BEGIN:VCALENDAR";
  private static final String END = "END:VCALENDAR";
  private static final int MOST_OCCURRENCES = 1000;

  private final EventSourceSettings.Calendar settings;
  private final TextFiles files;

  CalendarFile(EventSourceSettings.Calendar settings, TextFiles files) {
    this.settings = settings;
    this.files = files;
  }

  @Override
  public EventAnswer ask(EventTime time) {
    String text =
        new String(files.read(settings.name(), settings.file()), StandardCharsets.UTF_8)
            .replace("\uFEFF", "")
            .strip();
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw PosException.badData(
          "the file is no iCalendar, or half of one",
          settings.name(),
          "Look at the file; what is known stays as it is.");
    }
    EventReading reading = new EventReading(new ArrayList<>(), new ArrayList<>());
    for (ICalendar calendar : Biweekly.parse(text).all()) {
      read(calendar, time, reading);
    }
    return new EventAnswer(reading.events(), reading.refused());
  }

  private static void read(ICalendar calendar, EventTime time, EventReading reading) {
    Map<String, List<Date>> changed = new HashMap<>();
    for (VEvent event : calendar.getEvents()) {
      Optional.ofNullable(event.getRecurrenceId())
          .map(id -> id.getValue())
          .ifPresent(
              date ->
                  changed
                      .computeIfAbsent(CalendarEvent.uid(event), id -> new ArrayList<>())
                      .add(date));
    }
    for (VEvent event : calendar.getEvents()) {
      CalendarEvent entry = new CalendarEvent(event, calendar.getTimezoneInfo(), time.zone());
      String uid = CalendarEvent.uid(event);
      if (event.getRecurrenceId() == null && event.getDateStart() != null && entry.recurs()) {
        occurrences(event, entry, changed.getOrDefault(uid, List.of()), time, reading);
      } else {
        reading.read(uid, entry.told(), entry::alone);
      }
    }
  }

  private static void occurrences(
      VEvent event, CalendarEvent entry, List<Date> changed, EventTime time, EventReading reading) {
    DateIterator dates = event.getDateIterator(entry.zone());
    dates.advanceTo(
        Date.from(time.first().minusDays(entry.days()).atStartOfDay(time.zone()).toInstant()));
    Date end = Date.from(time.last().plusDays(1).atStartOfDay(time.zone()).toInstant());
    for (int i = 0; dates.hasNext(); i++) {
      Date date = dates.next();
      if (date.after(end)) {
        return;
      }
      if (i == MOST_OCCURRENCES) {
        reading.read(
            CalendarEvent.uid(event),
            entry.told(),
            () -> {
              throw new Unreadable("it recurs more than 1,000 times in the time");
            });
        return;
      }
      if (changed.stream().noneMatch(moved -> moved.getTime() == date.getTime())) {
        reading.read(CalendarEvent.uid(event), entry.told(), () -> entry.on(date));
      }
    }
  }
}
