package com.posmodern.ai.quality;

import static com.posmodern.ai.quality.StoreClock.LOCAL_DATE;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Applies the rules to the lines of the as-of date alone: in two years of history a completely
 * broken day would not exceed the tolerance, and would look like a day without sales.
 */
final class DayRules {
  private static final String OF_THE_DAY = "_of_the_day";

  private DayRules() {}

  /**
   * A result for each rule that a line of the as-of date breaks, with {@code _of_the_day} after its
   * name.
   *
   * @param judged sales lines with {@link RuleBits}
   */
  static List<RuleResult> check(
      Dataset<Row> judged, List<ScopedRule> rules, LocalDate asOf, double tolerance) {
    List<Integer> places =
        IntStream.range(0, rules.size()).filter(i -> rules.get(i).isRefusing()).boxed().toList();
    Row counted =
        judged
            .where(col(LOCAL_DATE).equalTo(lit(asOf)))
            .agg(
                count(lit(1)),
                places.stream()
                    .map(place -> count_if(RuleBits.breaks(place)))
                    .toArray(Column[]::new))
            .first();
    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      ScopedRule rule = rules.get(places.get(i));
      if (counted.getLong(i + 1) > 0) {
        results.add(
            RuleResult.ofRows(
                Table.SALES_LINES,
                rule.rule().name() + OF_THE_DAY,
                rule.rule().severity(),
                counted.getLong(0),
                counted.getLong(i + 1),
                Math.max(tolerance, ruleTolerance(rule))));
      }
    }
    return results;
  }

  /** The rule to which a result of {@link #check} refers. */
  static String ruleOf(String result) {
    return result.endsWith(OF_THE_DAY)
        ? result.substring(0, result.length() - OF_THE_DAY.length())
        : result;
  }

  private static double ruleTolerance(ScopedRule rule) {
    return Double.isNaN(rule.rule().tolerance()) ? 0 : rule.rule().tolerance();
  }
}
