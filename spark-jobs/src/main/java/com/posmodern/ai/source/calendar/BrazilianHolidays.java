package com.posmodern.ai.source.calendar;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Brazil's holidays of any year, by the rules of {@code holidays/brazil.xml}, which jollyday
 * computes. Holidays of municipalities are not among them.
 */
public final class BrazilianHolidays {
  public static final String NATIONAL = "national_holiday";
  public static final String REGIONAL = "regional_holiday";
  public static final String COMMERCIAL = "commercial_event";

  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("ac", "Acre"),
          Map.entry("al", "Alagoas"),
          Map.entry("am", "Amazonas"),
          Map.entry("ap", "Amapá"),
          Map.entry("ba", "Bahia"),
          Map.entry("ce", "Ceará"),
          Map.entry("df", "Distrito Federal"),
          Map.entry("es", "Espírito Santo"),
          Map.entry("go", "Goiás"),
          Map.entry("ma", "Maranhão"),
          Map.entry("mg", "Minas Gerais"),
          Map.entry("ms", "Mato Grosso do Sul"),
          Map.entry("mt", "Mato Grosso"),
          Map.entry("pa", "Pará"),
          Map.entry("pb", "Paraíba"),
          Map.entry("pe", "Pernambuco"),
          Map.entry("pi", "Piauí"),
          Map.entry("pr", "Paraná"),
          Map.entry("rj", "Rio de Janeiro"),
          Map.entry("rn", "Rio Grande do Norte"),
          Map.entry("ro", "Rondônia"),
          Map.entry("rr", "Roraima"),
          Map.entry("rs", "Rio Grande do Sul"),
          Map.entry("sc", "Santa Catarina"),
          Map.entry("se", "Sergipe"),
          Map.entry("sp", "São Paulo"),
          Map.entry("to", "Tocantins"));

  private final HolidayManager rules =
      HolidayManager.getInstance(
          ManagerParameters.create(
              Objects.requireNonNull(
                  BrazilianHolidays.class.getResource("/holidays/brazil.xml"), "brazil.xml")));

  /**
   * A day.
   *
   * @param kind as in the contract of {@code source.calendar}; carnival and Corpus Christi are
   *     commercial events where no law makes them holidays
   */
  public record Day(LocalDate date, String name, String kind) {}

  /** Days of a year that hold in the whole country, in order of date. */
  public List<Day> national(int year) {
    return days(rules.getHolidays(Year.of(year)), NATIONAL);
  }

  /**
   * What a state adds to the days of the whole country, in order of date.
   *
   * @param state as {@link #state} gives it
   */
  public List<Day> ofState(String state, int year) {
    Set<Holiday> own = new HashSet<>(rules.getHolidays(Year.of(year), state));
    own.removeAll(rules.getHolidays(Year.of(year)));
    return days(own, REGIONAL);
  }

  /** The state that a region's code (SP) or name (São Paulo) means; empty for none. */
  public static Optional<String> state(String region) {
    String words = region.strip();
    return STATES.entrySet().stream()
        .filter(
            state ->
                state.getKey().equalsIgnoreCase(words) || state.getValue().equalsIgnoreCase(words))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static List<Day> days(Set<Holiday> holidays, String kind) {
    List<Day> days = new ArrayList<>();
    holidays.stream()
        .sorted()
        .forEach(
            holiday ->
                days.add(
                    new Day(
                        holiday.getDate(),
                        holiday.getPropertiesKey(),
                        holiday.getType() == HolidayType.PUBLIC_HOLIDAY ? kind : COMMERCIAL)));
    return days;
  }
}
