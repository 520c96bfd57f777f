package com.posmodern.ai.quality;

import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies the rules to the lines of the as-of date alone: in two years of history a completely
 * broken day would not exceed the tolerance, and would look like a day without sales.
 */
final class DayRules {
  private static final String OF_THE_DAY = "_of_the_day";

  private DayRules() {}

  /**
   * A result for each rule that a line of the day breaks, with {@code _of_the_day} after its name.
   */
  static List<RuleResult> results(SalesDays.Day day, double tolerance) {
    List<RuleResult> results = new ArrayList<>();
    for (int place = 0; place < SalesRules.ALL.size(); place++) {
      ScopedRule rule = SalesRules.ALL.get(place);
      if (rule.isRefusing() && day.broken(place) > 0) {
        results.add(
            RuleResult.ofRows(
                Table.SALES_LINES,
                rule.rule().name() + OF_THE_DAY,
                rule.rule().severity(),
                day.rows(),
                day.broken(place),
                Math.max(tolerance, ruleTolerance(rule))));
      }
    }
    return results;
  }

  /** The rule to which a result of {@link #results} refers. */
  static String ruleOf(String result) {
    return result.endsWith(OF_THE_DAY)
        ? result.substring(0, result.length() - OF_THE_DAY.length())
        : result;
  }

  private static double ruleTolerance(ScopedRule rule) {
    return Double.isNaN(rule.rule().tolerance()) ? 0 : rule.rule().tolerance();
  }
}
