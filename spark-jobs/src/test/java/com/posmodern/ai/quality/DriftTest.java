package com.posmodern.ai.quality;

import static com.posmodern.ai.quality.SourceRows.LENIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final LocalDate FRIDAY = LocalDate.of(2024, 3, 1);

  private static Day day(long rows, long anonymous, long promoted, long returns) {
    return new Day(rows, anonymous, promoted, returns, 0, List.of());
  }

  private static SalesDays fridays(int weeks, Day usual, Day today) {
    TreeMap<LocalDate, Day> days = new TreeMap<>();
    for (int week = 1; week <= weeks; week++) {
      days.put(FRIDAY.minusWeeks(week), usual);
      days.put(FRIDAY.minusWeeks(week).plusDays(1), day(9_999, 0, 0, 0));
    }
    days.put(FRIDAY, today);
    return new SalesDays(days, Day.EMPTY, Day.EMPTY, Day.EMPTY);
  }

  @Test
  void aUsualDayPasses() {
    List<RuleResult> results =
        Drift.check(fridays(8, day(100, 30, 20, 2), day(110, 33, 22, 2)), FRIDAY, LENIENT);
    assertThat(results).hasSize(4).allMatch(RuleResult::passed);
    assertThat(results).allMatch(result -> result.severity() == Severity.WARNING);
  }

  @Test
  void halfADayAndLostLoyaltyKeysAreReported() {
    List<RuleResult> results =
        Drift.check(fridays(8, day(100, 30, 20, 2), day(40, 40, 8, 1)), FRIDAY, LENIENT);
    assertThat(results.stream().filter(r -> !r.passed()).map(RuleResult::rule))
        .containsExactly("lines_of_the_day", "anonymous_of_the_day");
    assertThat(results.get(0).share()).isCloseTo(0.6, within(1e-9));
    assertThat(results.get(1).share()).isCloseTo(0.7, within(1e-9));
  }

  @Test
  void aHistoryTooShortToCompareSaysNothing() {
    assertThat(Drift.check(fridays(1, day(9, 0, 0, 0), day(1, 0, 0, 0)), FRIDAY, LENIENT))
        .isEmpty();
  }

  @Test
  void aSingleBusyDayFarAheadIsNoHistory() {
    SalesDays days = fridays(8, day(100, 0, 0, 0), day(100, 0, 0, 0));
    assertThat(new BusinessDates(days.days()).lastPlausible(FRIDAY, 7))
        .isEqualTo(FRIDAY.plusDays(7));
    days.days().put(LocalDate.of(2038, 1, 19), day(500, 0, 0, 0));
    assertThat(new BusinessDates(days.days()).lastPlausible(FRIDAY, 7))
        .isEqualTo(FRIDAY.plusDays(7));
  }

  @Test
  void whatChangedIsCountedInLines() {
    List<RuleResult> results =
        Drift.check(fridays(8, day(100, 30, 20, 2), day(40, 40, 8, 1)), FRIDAY, LENIENT);
    assertThat(results).extracting(RuleResult::rowsChecked).containsOnly(40L);
    assertThat(results).extracting(RuleResult::rowsFailed).containsExactly(60L, 28L, 0L, 0L);
    List<RuleResult> doubled =
        Drift.check(fridays(8, day(100, 0, 0, 0), day(200, 0, 0, 0)), FRIDAY, LENIENT);
    assertThat(doubled.get(0).share()).isCloseTo(1, within(1e-9));
  }

  @Test
  void twoWeeksAreEnoughAndAClosedDayIsNotCompared() {
    Day usual = day(9, 0, 0, 0);
    assertThat(Drift.check(fridays(2, usual, usual), FRIDAY, LENIENT)).hasSize(4);
    assertThat(Drift.check(fridays(8, usual, day(0, 0, 0, 0)), FRIDAY, LENIENT)).isEmpty();
  }

  /** A Friday on which the shop was closed lowers what is expected; eight weeks count. */
  @Test
  void theExpectedLinesAreTheMeanOfAllFridays() {
    SalesDays days = fridays(9, day(100, 0, 0, 0), day(75, 0, 0, 0));
    days.days().put(FRIDAY.minusWeeks(9), day(9_000, 0, 0, 0));
    days.days().remove(FRIDAY.minusWeeks(2));
    days.days().remove(FRIDAY.minusWeeks(3));
    assertThat(Drift.check(days, FRIDAY, LENIENT).get(0).share()).isCloseTo(0, within(1e-9));
  }
}
