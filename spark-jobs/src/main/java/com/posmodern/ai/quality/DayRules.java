package com.posmodern.ai.quality;

import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;

/**
 * Applies the rules to the lines of the as-of date alone: in two years of history a completely
 * broken day would not exceed the tolerance, and would look like a day without sales.
 */
final class DayRules {
  private static final String OF_THE_DAY = "_of_the_day";

  private DayRules() {}

  /**
   * What {@link #results} needs to be counted.
   *
   * @param rules of sales lines with {@link RuleBits}
   */
  static List<Column> aggregates(List<ScopedRule> rules, LocalDate asOf) {
    Column today = coalesce(col(LOCAL_DATE).equalTo(lit(asOf)), lit(false));
    List<Column> aggregates = new ArrayList<>();
    aggregates.add(count_if(today));
    places(rules).forEach(place -> aggregates.add(count_if(today.and(RuleBits.breaks(place)))));
    return aggregates;
  }

  /**
   * A result for each rule that a line of the as-of date breaks, with {@code _of_the_day} after its
   * name.
   *
   * @param counted what {@link #aggregates} gave
   */
  static List<RuleResult> results(List<ScopedRule> rules, List<Long> counted, double tolerance) {
    List<Integer> places = places(rules);
    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      ScopedRule rule = rules.get(places.get(i));
      if (counted.get(i + 1) > 0) {
        results.add(
            RuleResult.ofRows(
                Table.SALES_LINES,
                rule.rule().name() + OF_THE_DAY,
                rule.rule().severity(),
                counted.get(0),
                counted.get(i + 1),
                Math.max(tolerance, ruleTolerance(rule))));
      }
    }
    return results;
  }

  private static List<Integer> places(List<ScopedRule> rules) {
    return IntStream.range(0, rules.size())
        .filter(place -> rules.get(place).isRefusing())
        .boxed()
        .toList();
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
