package com.posmodern.ai.quality;

import com.posmodern.ai.config.QualitySettings;
import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Rule.Severity;
import com.posmodern.ai.contract.Table;
import com.posmodern.ai.quality.SalesDays.Day;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a night says of the rules of sales lines: sums over the days up to its as-of date.
 *
 * @param days of all lines, with the breaks of {@link SalesRules#ALL}
 */
record SalesResults(
    SalesDays days, LocalDate asOf, LocalDate firstPlausible, LocalDate lastPlausible) {

  /** One result per rule in the order of the rules, and those of the as-of date alone. */
  List<RuleResult> of(QualitySettings settings) {
    List<RuleResult> results = new ArrayList<>();
    NavigableMap<LocalDate, Day> inScope = inScope();
    long rowsInScope = SalesDays.rows(inScope);
    for (int place = 0; place < SalesRules.ALL.size(); place++) {
      ScopedRule rule = SalesRules.ALL.get(place);
      if (!rule.isRowRule()) {
        results.add(notEmpty(rule.rule()));
        continue;
      }
      boolean ofTime = rule.scope().equals(ScopedRule.EVERY_ROW);
      results.add(
          result(
              rule.rule(),
              ofTime ? days.rows() : rowsInScope,
              ofTime ? brokenOfTime(place) : broken(inScope, place),
              settings.defaultTolerance()));
    }
    results.addAll(DayRules.results(days.day(asOf), settings.dayTolerance()));
    return results;
  }

  /** Lines that belong to later nights. */
  RuleResult later() {
    NavigableMap<LocalDate, Day> later = days.days().subMap(asOf, false, lastPlausible, true);
    return RuleResult.ofRows(
        Table.SALES_LINES, "out_of_scope", Severity.WARNING, days.rows(), SalesDays.rows(later), 1);
  }

  /** Whether there are lines after the last plausible date. */
  boolean hasFuture() {
    return brokenOfTime(SalesRules.IN_THE_FUTURE) > 0;
  }

  private NavigableMap<LocalDate, Day> inScope() {
    return firstPlausible.isAfter(asOf)
        ? new TreeMap<>()
        : days.days().subMap(firstPlausible, true, asOf, true);
  }

  private RuleResult notEmpty(Rule rule) {
    double share = days.rows() > 0 ? 0 : 1;
    return new RuleResult(
        Table.SALES_LINES, rule.name(), rule.severity(), days.rows(), 0, share, 0);
  }

  private long brokenOfTime(int place) {
    if (place == SalesRules.TOO_EARLY) {
      return days.early().rows() + SalesDays.rows(days.days().headMap(firstPlausible, false));
    }
    if (place == SalesRules.IN_THE_FUTURE) {
      return days.late().rows() + SalesDays.rows(days.days().tailMap(lastPlausible, false));
    }
    return days.broken(place);
  }

  private static long broken(NavigableMap<LocalDate, Day> some, int place) {
    return some.values().stream().mapToLong(day -> day.broken(place)).sum();
  }

  private static RuleResult result(Rule rule, long checked, long failed, double otherwise) {
    return RuleResult.ofRows(
        Table.SALES_LINES,
        rule.name(),
        rule.severity(),
        checked,
        failed,
        Double.isNaN(rule.tolerance()) ? otherwise : rule.tolerance());
  }
}
