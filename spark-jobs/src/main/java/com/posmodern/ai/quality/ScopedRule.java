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
 * A rule and the rows it is asked of.
 *
 * @param scope never-null Spark SQL condition; the other rows are neither checked nor counted
 */
record ScopedRule(Rule rule, String scope) {
  static final String EVERY_ROW = "true";

  static List<ScopedRule> everywhere(List<Rule> rules) {
    return rules.stream().map(rule -> new ScopedRule(rule, EVERY_ROW)).toList();
  }

  /** A row rule of ours beside those of the contract: bad rows are refused. */
  static ScopedRule refusing(String name, String expression, String scope, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.ERROR, expression, Double.NaN, description), scope);
  }

  /** As {@link #refusing}, and however many rows are refused, the night goes on. */
  static ScopedRule refusingOnly(String name, String expression, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.ERROR, expression, 1, description), EVERY_ROW);
  }

  /** A row rule of ours that is reported from the first row on. */
  static ScopedRule warning(String name, String expression, String description) {
    return new ScopedRule(
        new Rule(name, Scope.ROW, Severity.WARNING, expression, 0, description), EVERY_ROW);
  }

  boolean isRowRule() {
    return rule.scope() == Scope.ROW;
  }

  /** True for rows that the rule is broken by; a rule that gives null is broken. */
  Column brokenBy() {
    return expr(scope).and(not(holds()));
  }

  /** The rule itself, never null, whatever its scope. */
  Column holds() {
    return coalesce(expr(rule.expression()), lit(false));
  }

  /** Whether a row that breaks it is kept out. */
  boolean isRefusing() {
    return isRowRule() && rule.severity() == Severity.ERROR;
  }
}
