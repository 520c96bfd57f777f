package com.posmodern.ai.contract;

/**
 * A quality rule: a Spark SQL expression that holds for each row, or one aggregate that holds for
 * the table.
 *
 * @param expression true where the rule holds; a row rule that evaluates to null counts as broken
 * @param tolerance share of the rows that may break a FAIL row rule before it stops the job; such
 *     rows are quarantined in any case
 */
public record Rule(
    String name,
    Scope scope,
    Severity severity,
    String expression,
    double tolerance,
    String description) {

  public enum Scope {
    ROW,
    TABLE
  }

  /** As spelled in the contract: {@code error} stops the job, {@code warning} is only reported. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
