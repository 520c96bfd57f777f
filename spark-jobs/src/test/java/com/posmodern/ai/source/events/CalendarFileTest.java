package com.posmodern.ai.source.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.posmodern.ai.config.CallSettings;
import com.posmodern.ai.config.EventSourceSettings;
import com.posmodern.ai.config.EventSourceSettings.WithoutPosition;
import com.posmodern.ai.error.ExitCode;
import com.posmodern.ai.error.PosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarFileTest {
  private static final EventTime TIME =
      new EventTime(
          LocalDate.of(2026, 11, 1),
          LocalDate.of(2026, 11, 28),
          LocalDate.of(2026, 12, 31),
          ZoneId.of("America/Sao_Paulo"));

  @TempDir private Path folder;

  private EventAnswer ask(String... lines) throws IOException {
    Path file = folder.resolve("town.ics");
    Files.writeString(file, String.join("\r\n", lines));
    return new CalendarFile(
            new EventSourceSettings.Calendar(
                "town", file.toString(), 5, new WithoutPosition(false, List.of(), List.of())),
            new TextFiles(new CallSettings(60, 1, 1, 1), new Configuration(false)))
        .ask(TIME);
  }

  private EventAnswer events(String... lines) throws IOException {
    return ask(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//town//EN\r\n"
            + String.join("\r\n", lines)
            + "\r\nEND:VCALENDAR\r\n");
  }

  private static String entry(String uid, String... lines) {
    return "BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:The %s\r\n%s\r\nEND:VEVENT"
        .formatted(uid, uid, String.join("\r\n", lines));
  }

  private static List<String> days(EventAnswer answer) {
    return answer.events().stream()
        .filter(TIME::has)
        .map(event -> "%s %s %s".formatted(event.id(), event.starts(), event.ends()))
        .toList();
  }

  @Test
  void theEndOfDaysIsTheDayAfter() throws IOException {
    EventAnswer answer =
        events(
            entry("fair", "DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261208"),
            entry("parade", "DTSTART;VALUE=DATE:20261207"),
            entry("run", "DTSTART;VALUE=DATE:20261208", "DURATION:P2D"));

    assertThat(days(answer))
        .containsExactly(
            "fair 2026-12-05 2026-12-07",
            "parade 2026-12-07 2026-12-07",
            "run 2026-12-08 2026-12-09");
  }

  @Test
  void timesAreDaysOfTheirOwnZoneAndOfTheTownIfInUtc() throws IOException {
    EventAnswer answer =
        events(
            "BEGIN:VTIMEZONE",
            "TZID:Acre",
            "BEGIN:STANDARD",
            "DTSTART:20080624T000000",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0500",
            "END:STANDARD",
            "END:VTIMEZONE",
            entry("show", "DTSTART:20261206T013000Z", "DTEND:20261206T030000Z"),
            entry("acre", "DTSTART;TZID=Acre:20261205T233000", "DTEND;TZID=Acre:20261206T000000"),
            entry(
                "tokyo",
                "DTSTART;TZID=Asia/Tokyo:20261205T010000",
                "DTEND;TZID=Asia/Tokyo:20261206T010000"),
            entry("local", "DTSTART:20261205T200000", "DTEND:20261206T020000"));

    assertThat(days(answer))
        .containsExactly(
            "show 2026-12-05 2026-12-05",
            "acre 2026-12-05 2026-12-05",
            "tokyo 2026-12-05 2026-12-06",
            "local 2026-12-05 2026-12-06");
  }

  @Test
  void whatRecursIsOneEventForEachTimeInTheWindow() throws IOException {
    EventAnswer answer =
        events(
            entry(
                "market",
                "DTSTART;TZID=America/Sao_Paulo:20200104T080000",
                "DTEND;TZID=America/Sao_Paulo:20200104T140000",
                "RRULE:FREQ=WEEKLY;BYDAY=SA",
                "EXDATE;TZID=America/Sao_Paulo:20261128T080000"),
            // Moved to Sunday, and called off.
            entry(
                "market",
                "RECURRENCE-ID;TZID=America/Sao_Paulo:20261205T080000",
                "DTSTART;TZID=America/Sao_Paulo:20261206T080000",
                "DTEND;TZID=America/Sao_Paulo:20261206T140000"),
            entry(
                "market",
                "RECURRENCE-ID;TZID=America/Sao_Paulo:20261212T080000",
                "DTSTART;TZID=America/Sao_Paulo:20261212T080000",
                "STATUS:CANCELLED"),
            entry(
                "feast",
                "DTSTART;VALUE=DATE:20201231",
                "DTEND;VALUE=DATE:20210102",
                "RRULE:FREQ=YEARLY"));

    assertThat(days(answer))
        .containsExactly(
            "market@2026-11-07 2026-11-07 2026-11-07",
            "market@2026-11-14 2026-11-14 2026-11-14",
            "market@2026-11-21 2026-11-21 2026-11-21",
            "market@2026-12-19 2026-12-19 2026-12-19",
            "market@2026-12-26 2026-12-26 2026-12-26",
            "market@2026-12-05 2026-12-06 2026-12-06",
            "market@2026-12-12 2026-12-12 2026-12-12",
            "feast@2026-12-31 2026-12-31 2027-01-01");
    assertThat(answer.events())
        .filteredOn(event -> event.status() == LocalEvent.Status.CANCELLED)
        .extracting(LocalEvent::id)
        .containsExactly("market@2026-12-12");
  }

  @Test
  void placeDayOfCreationAndCancellationAreRead() throws IOException {
    LocalEvent event =
        events(
                entry(
                    "show",
                    "DTSTART:20261206T200000Z",
                    "GEO:-23.5505;-46.6333",
                    "LOCATION:Parque\\, São Paulo",
                    "CREATED:20261001T010000Z",
                    "STATUS:CANCELLED"))
            .events()
            .get(0);

    assertThat(event.point()).contains(new GeoPoint(-23.5505, -46.6333));
    assertThat(event.place()).contains("Parque, São Paulo");
    assertThat(event.published()).contains(LocalDate.of(2026, 9, 30));
    assertThat(event.status()).isEqualTo(LocalEvent.Status.CANCELLED);
    assertThat(event.attendance()).isEmpty();
    assertThat(event.name()).isEqualTo("The show");
  }

  @Test
  void anEntryThatCannotBeReadIsRefusedAlone() throws IOException {
    EventAnswer answer =
        events(
            entry("good", "DTSTART;VALUE=DATE:20261205"),
            entry("no-start", "DTEND;VALUE=DATE:20261205"),
            entry("no-day", "DTSTART;VALUE=DATE:soon"),
            entry("backwards", "DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261201"),
            entry("storm", "DTSTART:20261201T000000Z", "RRULE:FREQ=MINUTELY"),
            "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261205\r\nSUMMARY:x\r\nEND:VEVENT");

    assertThat(answer.events())
        .extracting(LocalEvent::id)
        .filteredOn(id -> !id.startsWith("storm"))
        .containsExactly("good");
    assertThat(answer.refused())
        .extracting(refused -> refused.key() + ": " + refused.reason())
        .containsExactly(
            "no-start: it has no first day",
            "no-day: it has no first day",
            "backwards: it ends before it begins",
            "storm: it recurs more than 1,000 times in the time",
            ": it has no UID");
    assertThat(answer.refused().get(0).told()).contains("\"summary\":\"The no-start\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>Not found</html>",
        "",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:2026"
      })
  void whatIsNoCalendarOrHalfOfOneIsRefused(String text) {
    PosException e = catchThrowableOfType(PosException.class, () -> ask(text));

    assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    assertThat(e).hasMessageContaining("half of one").hasMessageContaining("town");
  }

  @Test
  void aFileThatIsNotThereIsUsage() {
    PosException e =
        catchThrowableOfType(
            PosException.class,
            () ->
                new TextFiles(new CallSettings(60, 1, 1, 1), new Configuration(false))
                    .read("town", folder.resolve("none.ics").toString()));

    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(e).hasMessageContaining("none.ics");
  }
}
