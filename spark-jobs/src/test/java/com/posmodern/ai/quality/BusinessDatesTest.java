package com.posmodern.ai.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.posmodern.ai.contract.Days;
import com.posmodern.ai.error.PosException;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BusinessDatesTest {
  /** A Monday. */
  private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

  private final TreeMap<LocalDate, Day> days = new TreeMap<>();
  private final BusinessDates dates = new BusinessDates(days);

  @Test
  void aDayIsCompleteWithATenthOfABusyDaysLines() {
    // Of ten days the ninth in size is the busy one: 100 lines, not 1,000.
    for (int day = 0; day < 8; day++) {
      sold(day, 50);
    }
    sold(8, 1_000);
    sold(9, 100);
    sold(10, 9);

    assertThat(dates.lastComplete(FIRST.plusDays(11))).contains(FIRST.plusDays(9));
    sold(10, 10);
    assertThat(dates.lastComplete(FIRST.plusDays(11))).contains(FIRST.plusDays(10));
    assertThat(dates.lastComplete(FIRST.plusDays(10)))
        .as("today is not over")
        .contains(FIRST.plusDays(9));
    assertThat(dates.lastComplete(FIRST)).isEmpty();
  }

  @Test
  void aChainThatIsClosedOnSundaysIsMissedOnNoSunday() {
    LocalDate sunday = weeksWithoutSundays(5, 100);

    assertThat(sunday.getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
    assertThat(dates.closedByHabit(sunday)).isTrue();
    assertThatCode(() -> dates.requireDataOn(sunday, Set.of())).doesNotThrowAnyException();
    assertThat(dates.closedByHabit(sunday.plusDays(1))).as("a Monday").isFalse();
    // Four Sundays before it make a habit; the first of all days may have been cut.
    assertThat(dates.closedByHabit(sunday.minusWeeks(1))).isFalse();
  }

  @Test
  void aFewSalesOnASundayAreNoBusiness() {
    LocalDate sunday = weeksWithoutSundays(5, 100);
    // Six days of 100 lines and a Sunday of 5: a usual day has 86.4, of which 4.3 are open.
    days.put(sunday.minusWeeks(2), day(4));
    assertThat(dates.closedByHabit(sunday)).isTrue();
    days.put(sunday.minusWeeks(2), day(6));
    assertThat(dates.closedByHabit(sunday)).isFalse();
    days.put(sunday.minusWeeks(2), day(4));
    days.put(sunday, day(6));
    assertThat(dates.closedByHabit(sunday)).isFalse();
  }

  @Test
  void aChainThatSoldNothingForDaysIsNotClosedByHabit() {
    LocalDate sunday = weeksWithoutSundays(5, 100);
    for (int before = 1; before <= 3; before++) {
      days.remove(sunday.minusDays(before));
    }

    assertThat(dates.closedByHabit(sunday)).isFalse();
    days.put(sunday.minusDays(3), day(100));
    assertThat(dates.closedByHabit(sunday)).isTrue();
  }

  @Test
  void aMissingDayIsBadDataWithTheDateToUse() {
    sold(0, 10);
    sold(4, 10);

    assertThatCode(() -> dates.requireDataOn(FIRST, Set.of())).doesNotThrowAnyException();
    assertThatCode(() -> dates.requireDataOn(FIRST.plusDays(2), Set.of(FIRST.plusDays(2))))
        .doesNotThrowAnyException();
    requireRemedy(FIRST.plusDays(2), "run with --as-of 2024-01-01, load the missing day");
    requireRemedy(FIRST.minusDays(1), "run with --as-of 2024-01-01 or later");
    days.clear();
    requireRemedy(FIRST, "Load sales with valid timestamps");
  }

  private void requireRemedy(LocalDate asOf, String remedy) {
    assertThatThrownBy(() -> dates.requireDataOn(asOf, Set.of()))
        .isInstanceOf(PosException.class)
        .hasMessageContaining("no sales lines on the as-of date " + asOf)
        .hasMessageContaining(remedy);
  }

  @Test
  void fewLinesLongBeforeAllOthersComeFromAWrongClock() {
    days.put(FIRST.minusDays(400), day(9));
    sold(0, 500);
    sold(1, 500);

    assertThat(dates.firstPlausible()).isEqualTo(FIRST);
    days.put(FIRST.minusDays(400), day(11));
    assertThat(dates.firstPlausible()).as("a hundredth of the lines").isEqualTo(Days.EARLIEST);
  }

  @Test
  void aGapOfHalfAYearIsNoReasonToDoubtAClock() {
    days.put(FIRST.minusDays(180), day(1));
    sold(0, 500);
    assertThat(dates.firstPlausible()).isEqualTo(Days.EARLIEST);
    days.clear();
    days.put(FIRST.minusDays(181), day(1));
    sold(0, 500);
    assertThat(dates.firstPlausible()).isEqualTo(FIRST);
  }

  @Test
  void laterHistoryIsPlausibleUpToTheLastBusinessDayThatFollowsAnother() {
    for (int day = 0; day < 30; day++) {
      sold(day, 100);
    }
    LocalDate asOf = FIRST.plusDays(9);

    assertThat(dates.lastPlausible(asOf, 2)).isEqualTo(FIRST.plusDays(31));
    // A day far ahead has no business in the week before it; one with few lines is no business.
    sold(60, 100);
    sold(31, 4);
    assertThat(dates.lastPlausible(asOf, 2)).isEqualTo(FIRST.plusDays(31));
    sold(31, 5);
    assertThat(dates.lastPlausible(asOf, 2)).isEqualTo(FIRST.plusDays(33));
    sold(38, 100);
    assertThat(dates.lastPlausible(asOf, 2)).as("a week later").isEqualTo(FIRST.plusDays(40));
    assertThat(dates.lastPlausible(FIRST.plusDays(70), 2)).isEqualTo(FIRST.plusDays(72));
  }

  /**
   * Days from the first Monday on, without Sundays.
   *
   * @return the Sunday after so many weeks
   */
  private LocalDate weeksWithoutSundays(int weeks, long lines) {
    for (int day = 0; day < 7 * weeks; day++) {
      if (day % 7 != 6) {
        sold(day, lines);
      }
    }
    return FIRST.plusDays(7L * weeks - 1);
  }

  private void sold(int day, long lines) {
    days.put(FIRST.plusDays(day), day(lines));
  }

  private static Day day(long lines) {
    return new Day(lines, 0, 0, 0, 0, List.of());
  }
}
