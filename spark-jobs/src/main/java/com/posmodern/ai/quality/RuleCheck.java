package com.posmodern.ai.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Evaluates all rules of a table in one aggregation pass over its rows. */
final class RuleCheck {
  private RuleCheck() {}

  /**
   * One result per rule, in the order of the rules.
   *
   * @param judged the table with {@link RuleBits} and all columns that a table rule or a scope uses
   * @param defaultTolerance tolerance of row rules without their own
   */
  static List<RuleResult> check(
      Table table, Dataset<Row> judged, List<ScopedRule> rules, double defaultTolerance) {
    List<String> scopes =
        new ArrayList<>(new LinkedHashSet<>(rules.stream().map(ScopedRule::scope).toList()));
    List<Column> aggregates = new ArrayList<>();
    scopes.forEach(scope -> aggregates.add(count_if(expr(scope))));
    for (int i = 0; i < rules.size(); i++) {
      aggregates.add(aggregate(rules.get(i), i));
    }
    // agg takes the first aggregate as a separate argument.
    Row counted =
        judged.agg(count(lit(1)), aggregates.toArray(Column[]::new)).collectAsList().get(0);

    List<RuleResult> results = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      ScopedRule rule = rules.get(i);
      long checked = counted.getLong(1 + scopes.indexOf(rule.scope()));
      int place = 1 + scopes.size() + i;
      results.add(
          rule.isRowRule()
              ? RuleResult.ofRows(
                  table,
                  rule.rule().name(),
                  rule.rule().severity(),
                  checked,
                  counted.getLong(place),
                  tolerance(rule.rule(), defaultTolerance))
              : tableResult(table, rule.rule(), checked, counted.getBoolean(place)));
    }
    return List.copyOf(results);
  }

  private static Column aggregate(ScopedRule rule, int place) {
    return rule.isRowRule()
        ? count_if(RuleBits.breaks(place))
        : coalesce(expr(rule.rule().expression()), lit(false));
  }

  private static RuleResult tableResult(Table table, Rule rule, long rows, boolean holds) {
    return new RuleResult(
        table, rule.name(), rule.severity(), rows, holds ? 0 : rows, holds ? 0 : 1, 0);
  }

  private static double tolerance(Rule rule, double defaultTolerance) {
    return Double.isNaN(rule.tolerance()) ? defaultTolerance : rule.tolerance();
  }
}
