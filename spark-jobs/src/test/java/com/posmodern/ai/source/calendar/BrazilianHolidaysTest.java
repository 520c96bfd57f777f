package com.posmodern.ai.source.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.source.calendar.BrazilianHolidays.Day;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BrazilianHolidaysTest {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MM-dd");

  private final BrazilianHolidays holidays = new BrazilianHolidays();

  /** A library that another team keeps, with the laws it cites: every state, 22 years. */
  @Test
  void theDatesAreThoseOfTheLaws() throws IOException {
    List<String> wanted =
        Files.readAllLines(Path.of("src", "test", "resources", "brazil-holidays.csv")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> found = new ArrayList<>();
    for (String line : wanted) {
      String[] fields = line.split(",", -1);
      int year = Integer.parseInt(fields[0]);
      List<Day> national = holidays.national(year);
      List<Day> days =
          fields[1].equals("BR")
              ? national
              : holidays.ofState(BrazilianHolidays.state(fields[1]).orElseThrow(), year).stream()
                  // A state's date on a holiday of the nation is none of its own.
                  .filter(day -> national.stream().noneMatch(of -> sameHoliday(of, day)))
                  .toList();
      found.add("%d,%s,%s".formatted(year, fields[1], dates(days)));
    }
    assertThat(wanted).hasSize(22 * 28);
    assertThat(found).isEqualTo(wanted);
  }

  private static boolean sameHoliday(Day national, Day own) {
    return national.date().equals(own.date()) && national.kind().equals(BrazilianHolidays.NATIONAL);
  }

  private static String dates(List<Day> days) {
    return days.stream()
        .filter(day -> !day.kind().equals(BrazilianHolidays.COMMERCIAL))
        .map(Day::date)
        .distinct()
        .map(DAY::format)
        .collect(Collectors.joining(" "));
  }

  @Test
  void carnivalIsAHolidayInRioAloneAndAnEventElsewhere() {
    assertThat(holidays.national(2026))
        .contains(
            new Day(LocalDate.of(2026, 2, 16), "Carnaval", BrazilianHolidays.COMMERCIAL),
            new Day(LocalDate.of(2026, 2, 17), "Carnaval", BrazilianHolidays.COMMERCIAL),
            new Day(LocalDate.of(2026, 6, 4), "Corpus Christi", BrazilianHolidays.COMMERCIAL));
    assertThat(holidays.ofState("rj", 2026))
        .containsExactly(
            new Day(LocalDate.of(2026, 2, 17), "Carnaval", BrazilianHolidays.REGIONAL),
            new Day(LocalDate.of(2026, 4, 23), "São Jorge", BrazilianHolidays.REGIONAL));
  }

  @Test
  void aStateIsKnownByCodeAndByName() {
    assertThat(BrazilianHolidays.state("SP")).contains("sp");
    assertThat(BrazilianHolidays.state(" são paulo ")).contains("sp");
    assertThat(BrazilianHolidays.state("England")).isEmpty();
  }
}
