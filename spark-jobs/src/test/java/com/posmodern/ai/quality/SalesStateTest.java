package com.posmodern.ai.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.posmodern.ai.contract.Days;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SalesStateTest {
  private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final LocalDate CLOCK_WAS_WRONG = LocalDate.of(2009, 1, 1);
  private static final LocalDate EMPTY = FIRST.plusDays(9);
  private static final Days UNDATED = new Days(new java.util.TreeSet<>(), false, false, true);

  @Test
  void isReadAsItWasKept() {
    SalesState kept =
        new SalesState(
            FIRST,
            "cards",
            12,
            new SalesDays(
                new TreeMap<>(Map.of(FIRST, lines(9, 2, 1, 0), SECOND, lines(4, 4, 0, 3))),
                lines(1, 1, 0, 0),
                lines(2, 2, 0, 0),
                lines(3, 3, 1, 0)));

    assertThat(SalesState.of(kept.toJson())).contains(kept);
  }

  @Test
  void ofAnotherVersionItSaysNothing() {
    assertThat(SalesState.of("")).isEmpty();
    assertThat(SalesState.of("{")).isEmpty();
    assertThat(SalesState.of("{\"first_plausible\": \"2024-03-01\"}")).isEmpty();
    assertThat(SalesState.of("{\"days\": {}}")).isEmpty();
    // A day with fewer counts than this version keeps counts as one without lines.
    SalesState shorter =
        SalesState.of(
                "{\"first_plausible\": \"2024-03-01\", \"days\": {\"2024-03-01\": [5, 0, 0, 0],"
                    + " \"2024-03-02\": [5, 1, 2, 3, 4]}}")
            .orElseThrow();
    assertThat(shorter.days().day(FIRST)).isEqualTo(Day.EMPTY);
    assertThat(shorter.days().day(SECOND)).isEqualTo(new Day(5, 1, 2, 3, 4, List.of()));
  }

  @Test
  void verdictsStayWhileTheFirstDateAndTheHouseCardsAre() {
    SalesState state = state(Map.of());

    assertThat(state.sameVerdicts(new SalesState(FIRST, "cards", 99, none()))).isTrue();
    assertThat(state.sameVerdicts(new SalesState(SECOND, "cards", 5, none()))).isFalse();
    assertThat(state.sameVerdicts(new SalesState(FIRST, "others", 5, none()))).isFalse();
  }

  @Test
  void daysHaveAcceptedLinesRefusedOnesOrBoth() {
    SalesState state =
        state(Map.of(FIRST, lines(9, 0, 0, 0), SECOND, lines(4, 4, 0, 0), EMPTY, Day.EMPTY));

    assertThat(state.hasAccepted(Days.of(List.of(FIRST, SECOND)))).isTrue();
    assertThat(state.hasAccepted(Days.of(List.of(SECOND)))).isFalse();
    assertThat(state.hasAccepted(Days.of(List.of(EMPTY)))).isFalse();
    assertThat(state.hasRefused(Days.of(List.of(FIRST)))).isFalse();
    assertThat(state.hasRefused(Days.of(List.of(FIRST, SECOND)))).isTrue();
    assertThat(state.hasRefused(Days.of(List.of(EMPTY)))).isFalse();
  }

  @Test
  void linesWithoutAPlausibleDateAreRefusedHoweverFewAreCounted() {
    SalesState state = state(Map.of());

    assertThat(state.hasRefused(UNDATED)).isTrue();
    assertThat(state.hasRefused(Days.of(List.of(LocalDate.of(1999, 1, 1))))).isTrue();
    assertThat(state.hasRefused(Days.of(List.of(LocalDate.of(2101, 1, 1))))).isTrue();
    assertThat(state.hasRefused(Days.of(List.of(CLOCK_WAS_WRONG)))).isTrue();
    assertThat(state.hasRefused(Days.of(List.of(FIRST)))).isFalse();
  }

  @Test
  void mostMeansMoreThanHalfOfTheLines() {
    SalesState state = state(Map.of(FIRST, lines(5, 0, 0, 0), SECOND, lines(5, 0, 0, 0)));

    assertThat(state.isMost(Days.of(List.of(FIRST)))).isFalse();
    assertThat(state.isMost(Days.of(List.of(FIRST, SECOND)))).isTrue();
  }

  @Test
  void aNewProductConcernsTheDaysOnWhichItWasUnknown() {
    SalesState state = state(Map.of(FIRST, broken(SalesRules.UNKNOWN_PRODUCT), SECOND, broken(0)));

    assertThat(state.withUnknownProducts()).isEqualTo(Days.of(List.of(FIRST)));
  }

  @Test
  void otherRulesHaveAnotherDigest() {
    assertThat(SalesState.rulesDigest()).matches("[0-9a-f]+\\.\\d+");
  }

  private static Day broken(int rule) {
    Long[] broken = new Long[SalesRules.ALL.size()];
    java.util.Arrays.fill(broken, 0L);
    broken[rule] = 1L;
    return new Day(3, 0, 0, 0, 1, List.of(broken));
  }

  private static Day lines(long rows, long refused, long first, long second) {
    return new Day(rows, 1, 2, 3, refused, List.of(first, second));
  }

  private static SalesState state(Map<LocalDate, Day> days) {
    return new SalesState(
        FIRST, "cards", 5, new SalesDays(new TreeMap<>(days), Day.EMPTY, Day.EMPTY, Day.EMPTY));
  }

  private static SalesDays none() {
    return new SalesDays(new TreeMap<>(), Day.EMPTY, Day.EMPTY, Day.EMPTY);
  }
}
