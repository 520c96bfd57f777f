package com.posmodern.ai.quality;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** Compares the as-of date with the same weekday of the last eight weeks; only warns. */
final class Drift {
  private static final int WEEKS = 8;
  private static final int FEWEST_WEEKS = 2;

  private Drift() {}

  /**
   * {@code lines_of_the_day}: relative change of the number of lines; {@code anonymous_of_the_day},
   * {@code promoted_of_the_day}, {@code returns_of_the_day}: change of these shares, as the
   * result's share. Empty when the history has not seen the weekday twice, or the day was closed.
   */
  static List<RuleResult> check(SalesDays days, LocalDate asOf, QualitySettings settings) {
    List<LocalDate> sameWeekdays =
        IntStream.rangeClosed(1, WEEKS)
            .mapToObj(asOf::minusWeeks)
            .filter(date -> !date.isBefore(days.days().firstKey()))
            .toList();
    List<Day> usual = sameWeekdays.stream().map(days::day).filter(day -> day.rows() > 0).toList();
    if (usual.size() < FEWEST_WEEKS || days.day(asOf).rows() == 0) {
      return List.of();
    }
    Day today = days.day(asOf);
    return List.of(
        lines(today, usual, sameWeekdays.size(), settings.driftRows()),
        share("anonymous_of_the_day", Day::anonymous, today, usual, settings.driftShare()),
        share("promoted_of_the_day", Day::promoted, today, usual, settings.driftShare()),
        share("returns_of_the_day", Day::returns, today, usual, settings.driftShare()));
  }

  private static RuleResult lines(Day today, List<Day> usual, int weeks, double tolerance) {
    double expected = (double) usual.stream().mapToLong(Day::rows).sum() / weeks;
    double missing = Math.abs(today.rows() - expected);
    return result("lines_of_the_day", today, missing, missing / expected, tolerance);
  }

  private static RuleResult share(
      String rule, ToLongFunction<Day> part, Day today, List<Day> usual, double tolerance) {
    double expected =
        (double) usual.stream().mapToLong(part).sum() / usual.stream().mapToLong(Day::rows).sum();
    double change = Math.abs((double) part.applyAsLong(today) / today.rows() - expected);
    return result(rule, today, change * today.rows(), change, tolerance);
  }

  private static RuleResult result(
      String rule, Day today, double rows, double share, double tolerance) {
    return new RuleResult(
        Table.SALES_LINES,
        rule,
        Severity.WARNING,
        today.rows(),
        Math.round(rows),
        share,
        tolerance);
  }
}
