package com.posmodern.ai.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.posmodern.ai.contract.Rule;
import com.posmodern.ai.contract.Rule.Scope;
import com.posmodern.ai.contract.Rule.Severity;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A rule and the rows to which it applies.
 *
 * @param scope never-null Spark SQL condition; other rows are neither checked nor counted
 */
record ScopedRule(Rule rule, String scope) {
  static final String EVERY_ROW = "true";

  static List<ScopedRule> everywhere(List<Rule> rules) {
    return rules.stream().map(rule -> new ScopedRule(rule, EVERY_ROW)).toList();
  }

  /** A row rule in addition to those of the contract: rows that break it are quarantined. */
  static ScopedRule refusing(String name, String expression, String scope, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.ERROR, expression, Double.NaN, description), scope);
  }

  /** As {@link #refusing}, but the night continues however many rows are quarantined. */
  static ScopedRule refusingOnly(String name, String expression, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.ERROR, expression, 1, description), EVERY_ROW);
  }

  /** A row rule that only warns, from the first row that breaks it. */
  static ScopedRule warning(String name, String expression, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.WARNING, expression, 0, description), EVERY_ROW);
  }

  boolean isRowRule() {
    return rule.scope() == Scope.ROW;
  }

  /** True for rows that break the rule; a rule that evaluates to null counts as broken. */
  Column brokenBy() {
    return expr(scope).and(not(holds()));
  }

  /** The rule itself regardless of its scope; never null. */
  Column holds() {
    return coalesce(expr(rule.expression()), lit(false));
  }

  /** Whether a row that breaks it is quarantined. */
  boolean isRefusing() {
    return isRowRule() && rule.severity() == Severity.ERROR;
  }
}
