package com.posmodern.ai.source.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.source.sample.BrazilianCalendar.Event;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrazilianCalendarTest {
  @Test
  void easterIsWhereTheChurchPutsIt() {
    assertThat(BrazilianCalendar.easter(2023)).isEqualTo("2023-04-09");
    assertThat(BrazilianCalendar.easter(2024)).isEqualTo("2024-03-31");
    assertThat(BrazilianCalendar.easter(2025)).isEqualTo("2025-04-20");
    assertThat(BrazilianCalendar.easter(2038)).isEqualTo("2038-04-25");
  }

  @Test
  void movableDatesFollow() {
    List<Event> events =
        BrazilianCalendar.between(LocalDate.of(2025, 1, 1), LocalDate.of(2025, 12, 31));
    assertThat(date(events, "Carnaval")).isEqualTo("2025-03-04");
    assertThat(date(events, "Paixão de Cristo")).isEqualTo("2025-04-18");
    assertThat(date(events, "Corpus Christi")).isEqualTo("2025-06-19");
    assertThat(date(events, "Dia das Mães")).isEqualTo("2025-05-11");
    assertThat(date(events, "Black Friday")).isEqualTo("2025-11-28");
  }

  @Test
  void keysAreUniqueAndDatesInside() {
    LocalDate first = LocalDate.of(2023, 10, 1);
    LocalDate last = LocalDate.of(2026, 11, 4);
    List<Event> events = BrazilianCalendar.between(first, last);
    assertThat(events.stream().map(e -> e.region() + e.date() + e.name())).doesNotHaveDuplicates();
    assertThat(events).allMatch(e -> !e.date().isBefore(first) && !e.date().isAfter(last));
  }

  private static LocalDate date(List<Event> events, String name) {
    return events.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow().date();
  }
}
