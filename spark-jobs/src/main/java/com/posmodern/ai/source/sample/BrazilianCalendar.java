package com.posmodern.ai.source.sample;

import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.temporal.TemporalAdjusters.dayOfWeekInMonth;

import com.posmodern.ai.contract.Wildcard;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Brazil's holidays and the retailer's commercial dates, computed. */
final class BrazilianCalendar {
  static final String EVERYWHERE = Wildcard.ALL;
  static final String NATIONAL = "national_holiday";
  static final String REGIONAL = "regional_holiday";
  static final String COMMERCIAL = "commercial_event";

  private BrazilianCalendar() {}

  record Event(String region, LocalDate date, String name, String kind) {}

  /** Every event from the first to the last day, in order of date. */
  static List<Event> between(LocalDate first, LocalDate last) {
    List<Event> events = new ArrayList<>();
    for (int year = first.getYear(); year <= last.getYear(); year++) {
      fixed(year, events);
      movable(year, events);
    }
    events.removeIf(e -> e.date().isBefore(first) || e.date().isAfter(last));
    events.sort(
        Comparator.comparing(Event::date).thenComparing(Event::region).thenComparing(Event::name));
    return events;
  }

  /** Easter Sunday by the anonymous Gregorian algorithm (Meeus, Jones, Butcher). */
  static LocalDate easter(int year) {
    int a = year % 19;
    int b = year / 100;
    int c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    return LocalDate.of(year, n / 31, n % 31 + 1);
  }

  private static void fixed(int year, List<Event> events) {
    national(events, LocalDate.of(year, 1, 1), "Confraternização Universal");
    national(events, LocalDate.of(year, 4, 21), "Tiradentes");
    national(events, LocalDate.of(year, 5, 1), "Dia do Trabalho");
    national(events, LocalDate.of(year, 9, 7), "Independência do Brasil");
    national(events, LocalDate.of(year, 10, 12), "Nossa Senhora Aparecida");
    national(events, LocalDate.of(year, 11, 2), "Finados");
    national(events, LocalDate.of(year, 11, 15), "Proclamação da República");
    if (year >= 2024) {
      // National by law 14.759 of 2023.
      national(events, LocalDate.of(year, 11, 20), "Consciência Negra");
    }
    national(events, LocalDate.of(year, 12, 25), "Natal");
    regional(events, "SP", LocalDate.of(year, 7, 9), "Revolução Constitucionalista");
    regional(events, "RJ", LocalDate.of(year, 4, 23), "Dia de São Jorge");
    regional(events, "BA", LocalDate.of(year, 7, 2), "Independência da Bahia");
    regional(events, "AM", LocalDate.of(year, 9, 5), "Elevação do Amazonas");
    regional(events, "PE", LocalDate.of(year, 3, 6), "Revolução Pernambucana");
    regional(events, "RS", LocalDate.of(year, 9, 20), "Revolução Farroupilha");
    regional(events, "PR", LocalDate.of(year, 12, 19), "Emancipação do Paraná");
    regional(events, "CE", LocalDate.of(year, 3, 25), "Data Magna do Ceará");
    regional(events, "PA", LocalDate.of(year, 8, 15), "Adesão do Pará");
    regional(events, "BA", LocalDate.of(year, 6, 24), "São João");
    regional(events, "PE", LocalDate.of(year, 6, 24), "São João");
    regional(events, "CE", LocalDate.of(year, 6, 24), "São João");
    commercial(events, LocalDate.of(year, 3, 15), "Dia do Consumidor");
    commercial(events, LocalDate.of(year, 6, 12), "Dia dos Namorados");
    commercial(events, LocalDate.of(year, 10, 12), "Dia das Crianças");
  }

  private static void movable(int year, List<Event> events) {
    LocalDate easter = easter(year);
    commercial(events, easter.minusDays(47), "Carnaval");
    national(events, easter.minusDays(2), "Paixão de Cristo");
    commercial(events, easter, "Páscoa");
    national(events, easter.plusDays(60), "Corpus Christi");
    commercial(events, nth(year, Month.MAY, 2), "Dia das Mães");
    commercial(events, nth(year, Month.AUGUST, 2), "Dia dos Pais");
    commercial(
        events,
        LocalDate.of(year, 11, 1).with(dayOfWeekInMonth(4, THURSDAY)).plusDays(1),
        "Black Friday");
  }

  private static LocalDate nth(int year, Month month, int sunday) {
    return LocalDate.of(year, month, 1).with(dayOfWeekInMonth(sunday, SUNDAY));
  }

  private static void national(List<Event> events, LocalDate date, String name) {
    events.add(new Event(EVERYWHERE, date, name, NATIONAL));
  }

  private static void regional(List<Event> events, String region, LocalDate date, String name) {
    events.add(new Event(region, date, name, REGIONAL));
  }

  private static void commercial(List<Event> events, LocalDate date, String name) {
    events.add(new Event(EVERYWHERE, date, name, COMMERCIAL));
  }
}
